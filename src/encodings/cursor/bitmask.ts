import type { CursorPicture } from "./cursor_encoding.ts";

/** A pixel at least this opaque is drawn by viewers that know no in-between. */
const OPAQUE = 0x80;

/** Whether a word `0xAARRGGBB` is drawn by viewers that know no in-between. */
export function isOpaque(pixel: number): boolean {
  return pixel >>> 24 >= OPAQUE;
}

/** One bit a pixel, the leftmost highest, in rows of whole bytes. */
export function bitmask(cursor: CursorPicture, test: (pixel: number) => boolean): Uint8Array {
  const { width, height, pixels } = cursor;
  const stride = (width + 7) >> 3;
  const mask = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!test(pixels[y * width + x]!)) continue;
      const at = y * stride + (x >> 3);
      mask[at] = mask[at]! | (0x80 >> (x & 7));
    }
  }
  return mask;
}
