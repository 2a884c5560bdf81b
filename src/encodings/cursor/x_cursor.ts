import { ByteWriter } from "../../rfb/byte_writer.ts";
import { PSEUDO_ENCODING } from "../ids.ts";
import { bitmask, isOpaque } from "./bitmask.ts";
import type { CursorEncoding } from "./cursor_encoding.ts";

/** X Cursor: two colours, a bitmap of the first one, and a bitmask of what is to be drawn. */
export const xCursor: CursorEncoding = {
  id: PSEUDO_ENCODING.XCursor,
  encode(cursor) {
    if (cursor.width === 0 || cursor.height === 0) return new Uint8Array(0);
    const drawn = cursor.pixels.filter(isOpaque);
    // What is lighter than the average gets one colour, the rest the other: those two that are
    // there in a pointer of two colours, and what comes nearest in others.
    const middle = drawn.reduce((sum, pixel) => sum + luminance(pixel), 0) / drawn.length;
    const isLight = (pixel: number) => luminance(pixel) > middle;
    const bitmap = bitmask(cursor, (pixel) => isOpaque(pixel) && isLight(pixel));
    const mask = bitmask(cursor, isOpaque);
    return new ByteWriter(6 + bitmap.length + mask.length)
      .bytes(averageColour(drawn.filter(isLight)))
      .bytes(averageColour(drawn.filter((pixel) => !isLight(pixel))))
      .bytes(bitmap).bytes(mask).finish();
  },
};

/** How light a colour is, 0 to 255000. */
function luminance(pixel: number): number {
  return 299 * (pixel >>> 16 & 0xff) + 587 * (pixel >>> 8 & 0xff) + 114 * (pixel & 0xff);
}

/** Red, green and blue; black for no pixels. */
function averageColour(pixels: Uint32Array): Uint8Array {
  const sum = [0, 0, 0];
  for (const pixel of pixels) {
    sum[0]! += pixel >>> 16 & 0xff;
    sum[1]! += pixel >>> 8 & 0xff;
    sum[2]! += pixel & 0xff;
  }
  return Uint8Array.from(sum, (value) => Math.round(value / Math.max(1, pixels.length)));
}
