import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { Rect } from "../../frame/rect.ts";

/** How an image lies in memory (a ZPixmap). */
export interface ImageLayout {
  readonly bitsPerPixel: 8 | 16 | 24 | 32;
  readonly bytesPerLine: number;
  readonly bigEndian: boolean;
}

/** The bits of a pixel that hold one of its colours, and what each of their values looks like. */
export interface Channel {
  readonly mask: number;
  /** Intensities from 0 to 255, one for each value of the masked bits. */
  readonly ramp: Uint8Array;
}

/** What pixels look like: a colour map of words `0x00RRGGBB`, or three channels. */
export type Colours =
  | { readonly map: Uint32Array }
  | { readonly red: Channel; readonly green: Channel; readonly blue: Channel };

/** A channel whose values are evenly spaced intensities. */
export function linearChannel(mask: number): Channel {
  const most = (mask >>> shiftOf(mask)) >>> 0;
  const ramp = Uint8Array.from({ length: most + 1 }, (_, i) => Math.round(i * 255 / (most || 1)));
  return { mask, ramp };
}

/** How far the lowest bit of a mask is from bit 0. */
export function shiftOf(mask: number): number {
  return mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
}

/** Whether images can be used as a framebuffer's words as they are. */
export function isNative(layout: ImageLayout, colours: Colours): boolean {
  return layout.bitsPerPixel === 32 && !layout.bigEndian && "red" in colours &&
    isFullChannel(colours.red, 0xff0000) && isFullChannel(colours.green, 0xff00) &&
    isFullChannel(colours.blue, 0xff);
}

function isFullChannel({ mask, ramp }: Channel, wanted: number): boolean {
  return mask === wanted && ramp.every((intensity, i) => intensity === i);
}

/** The word `0x00RRGGBB` for each pixel value. */
export type Palette = (pixel: number) => number;

/** Prepares colours for {@linkcode convert}; a table where pixels are small enough for that. */
export function createPalette(bitsPerPixel: number, colours: Colours): Palette {
  const single = "map" in colours ? mapPalette(colours.map) : channelPalette(colours);
  if (bitsPerPixel > 16) return single;
  const table = Uint32Array.from({ length: 1 << bitsPerPixel }, (_, pixel) => single(pixel));
  return (pixel) => table[pixel]!;
}

function mapPalette(map: Uint32Array): Palette {
  return (pixel) => map[pixel] ?? 0;
}

function channelPalette(
  { red, green, blue }: { red: Channel; green: Channel; blue: Channel },
): Palette {
  const [redShift, greenShift, blueShift] = [red, green, blue].map(({ mask }) => shiftOf(mask)) as [
    number,
    number,
    number,
  ];
  return (pixel) =>
    red.ramp[(pixel & red.mask) >>> redShift]! << 16 |
    green.ramp[(pixel & green.mask) >>> greenShift]! << 8 |
    blue.ramp[(pixel & blue.mask) >>> blueShift]!;
}

/**
 * Converts the pixels in `rect` from an image of the same size into a framebuffer.
 * @param image The whole image.
 */
export function convert(
  image: Uint8Array<ArrayBuffer>,
  layout: ImageLayout,
  palette: Palette,
  target: Framebuffer,
  rect: Rect,
): void {
  const read = pixelReader(image, layout);
  const bytesPerPixel = layout.bitsPerPixel / 8;
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    let from = y * layout.bytesPerLine + rect.x * bytesPerPixel;
    let to = y * target.stride + rect.x;
    for (const end = to + rect.width; to < end; to++, from += bytesPerPixel) {
      target.pixels[to] = palette(read(from));
    }
  }
}

/** A function that reads the pixel that starts at a byte. */
function pixelReader(
  image: Uint8Array<ArrayBuffer>,
  { bitsPerPixel, bigEndian }: ImageLayout,
): (offset: number) => number {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const [low, high] = bigEndian ? [2, 0] : [0, 2];
  switch (bitsPerPixel) {
    case 8:
      return (offset) => image[offset]!;
    case 16:
      return (offset) => view.getUint16(offset, !bigEndian);
    case 24:
      return (offset) =>
        image[offset + low]! | image[offset + 1]! << 8 | image[offset + high]! << 16;
    case 32:
      return (offset) => view.getUint32(offset, !bigEndian);
  }
}
