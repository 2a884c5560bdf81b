/** What differs from a bitmap of one black pixel in 24 bits. */
export interface DibShape {
  readonly size?: number;
  readonly width?: number;
  readonly height?: number;
  readonly bits?: number;
  readonly compression?: number;
  /** Bytes of the pixels, where they aren't what width and height make of them. */
  readonly image?: number;
  readonly colours?: number;
}

/** A device-independent bitmap whose pixels count upwards, or whatever the shape makes of it. */
export function dibOf(shape: DibShape = {}): Uint8Array<ArrayBuffer> {
  const { size = 40, width = 1, height = 1, bits = 24, compression = 0, colours = 0 } = shape;
  const { image = Math.ceil(width * bits / 32) * 4 * Math.abs(height) } = shape;
  const palette = 4 * (colours || (bits <= 8 ? 2 ** bits : 0));
  const view = new DataView(new ArrayBuffer(size + palette + image));
  view.setUint32(0, size, true);
  view.setInt32(4, width, true);
  view.setInt32(8, height, true);
  view.setUint16(12, 1, true);
  view.setUint16(14, bits, true);
  view.setUint32(16, compression, true);
  view.setUint32(20, image, true);
  view.setUint32(32, colours, true);
  const bytes = new Uint8Array(view.buffer);
  bytes.subarray(size + palette).forEach((_, i, pixels) => pixels[i] = i);
  return bytes;
}
