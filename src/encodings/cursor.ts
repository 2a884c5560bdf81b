import type { PixelFormat } from "../frame/pixel_format.ts";
import { Framebuffer } from "../frame/framebuffer.ts";
import { translatorFor } from "../frame/translator.ts";

/** The pointer's picture, as {@linkcode Cursor} of the desktop has it. */
export interface CursorPicture {
  readonly width: number;
  readonly height: number;
  /** Words `0xAARRGGBB`. */
  readonly pixels: Uint32Array;
}

/** A pixel at least this opaque is drawn; the Cursor encoding knows no in-between. */
const OPAQUE = 0x80;

/**
 * The bytes of a Cursor pseudo-rectangle (RFC 6143 §7.8.1): the pixels in the viewer's format, then
 * a bitmask of those that are to be drawn.
 */
export function encodeCursor(cursor: CursorPicture, format: PixelFormat): Uint8Array {
  const { width, height } = cursor;
  if (width === 0 || height === 0) return new Uint8Array(0);
  const picture = new Framebuffer(width, height, cursor.pixels.map((pixel) => pixel & 0xffffff));
  const translator = translatorFor(format);
  const pixels = translator.pixel.bytes(translator.values(picture, picture.bounds));
  const maskStride = (width + 7) >> 3;
  const bytes = new Uint8Array(pixels.length + maskStride * height);
  bytes.set(pixels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (cursor.pixels[y * width + x]! >>> 24 < OPAQUE) continue;
      const at = pixels.length + y * maskStride + (x >> 3);
      bytes[at] = bytes[at]! | (0x80 >> (x & 7));
    }
  }
  return bytes;
}
