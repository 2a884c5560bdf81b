import { BITMAPINFOHEADER, BITMAPV5HEADER, LITTLE_ENDIAN } from "../structs.ts";

/** The headers that there are, by their length: BITMAPINFOHEADER, with masks, with alpha's too, V4, V5. */
const HEADERS = [40, 52, 56, 108, BITMAPV5HEADER.size];

const BI_RGB = 0;
const BI_RLE8 = 1;
const BI_RLE4 = 2;
const BI_BITFIELDS = 3;

/** For each number of bits a pixel: how they may be written. */
const COMPRESSIONS: ReadonlyMap<number, readonly number[]> = new Map([
  [1, [BI_RGB]],
  [4, [BI_RGB, BI_RLE4]],
  [8, [BI_RGB, BI_RLE8]],
  [16, [BI_RGB, BI_BITFIELDS]],
  [24, [BI_RGB]],
  [32, [BI_RGB, BI_BITFIELDS]],
]);

/** An ICC profile that follows the pixels, and one in a file that is only named. */
const PROFILE_EMBEDDED = 0x4d424544;
const PROFILE_LINKED = 0x4c494e4b;

/**
 * Whether bytes hold all of the device-independent bitmap that their header tells of: programs believe
 * the header of what they paste. One that names a file is refused, as whoever pastes it would open that.
 */
export function isDib(bytes: Uint8Array): boolean {
  if (bytes.length < BITMAPINFOHEADER.size) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const u32 = (offset: number) => view.getUint32(offset, LITTLE_ENDIAN);
  const u16 = (offset: number) => view.getUint16(offset, LITTLE_ENDIAN);
  const size = u32(BITMAPINFOHEADER.biSize);
  const width = view.getInt32(BITMAPINFOHEADER.biWidth, LITTLE_ENDIAN);
  // Negative where the topmost row comes first.
  const height = view.getInt32(BITMAPINFOHEADER.biHeight, LITTLE_ENDIAN);
  const bits = u16(BITMAPINFOHEADER.biBitCount);
  const compression = u32(BITMAPINFOHEADER.biCompression);
  if (!HEADERS.includes(size) || size > bytes.length || width <= 0 || height === 0) return false;
  if (u16(BITMAPINFOHEADER.biPlanes) !== 1) return false;
  if (!COMPRESSIONS.get(bits)?.includes(compression)) return false;

  const isRunLength = compression === BI_RLE8 || compression === BI_RLE4;
  if (isRunLength && height < 0) return false;
  const masks = compression === BI_BITFIELDS && size === BITMAPINFOHEADER.size ? 12 : 0;
  const used = u32(BITMAPINFOHEADER.biClrUsed);
  const colours = bits > 8 ? used : used || 2 ** bits;
  if (bits <= 8 && colours > 2 ** bits) return false;
  const pixels = isRunLength
    ? u32(BITMAPINFOHEADER.biSizeImage)
    : Math.ceil(width * bits / 32) * 4 * Math.abs(height);
  if (size + masks + 4 * colours + pixels > bytes.length) return false;
  return size < BITMAPV5HEADER.size || hasProfile(u32, bytes.length);
}

/** Whether a sound bitmap is one of version 5, which has a name of its own on the clipboard. */
export function isV5(dib: Uint8Array): boolean {
  return dib[BITMAPINFOHEADER.biSize] === BITMAPV5HEADER.size;
}

/** Whether the profile of a V5 bitmap is there too, if it has one. */
function hasProfile(u32: (offset: number) => number, length: number): boolean {
  const kind = u32(BITMAPV5HEADER.bV5CSType);
  if (kind === PROFILE_LINKED) return false;
  if (kind !== PROFILE_EMBEDDED) return true;
  return u32(BITMAPV5HEADER.bV5ProfileData) + u32(BITMAPV5HEADER.bV5ProfileSize) <= length;
}
