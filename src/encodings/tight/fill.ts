import type { PixelFormat } from "../../frame/pixel_format.ts";
import type { Rect } from "../../frame/rect.ts";
import { translatorFor } from "../../frame/translator.ts";
import type { EncodedRect } from "../encoding.ts";

const FILL_COMPRESSION = 0x80;

/**
 * A rectangle of one colour: Tight's FillCompression, which TightPNG has too.
 * @param value A pixel value of `format`.
 */
export function encodeFill(
  encoding: number,
  rect: Rect,
  value: number,
  format: PixelFormat,
): EncodedRect {
  const pixel = translatorFor(format).tightPixel;
  const head = new Uint8Array(1 + pixel.size);
  head[0] = FILL_COMPRESSION;
  pixel.put(value, head, 1);
  return { rect, encoding, head };
}
