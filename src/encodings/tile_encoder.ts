import type { Framebuffer } from "../frame/framebuffer.ts";
import type { PixelFormat } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";
import { translatorFor } from "../frame/translator.ts";
import { workspace } from "./workspace.ts";

/**
 * A rectangle in square tiles, each raw, solid, palettised or run-length encoded, whichever is
 * smallest: TRLE as it is, and ZRLE before it is compressed (RFC 6143 §7.7.5, §7.7.6).
 * @param rect No larger than a block.
 * @param tileSize At most 64.
 * @returns Bytes that stay as they are until this thread encodes the next rectangle.
 */
export function encodeTiles(
  frame: Framebuffer,
  rect: Rect,
  format: PixelFormat,
  tileSize: number,
): Uint8Array {
  const translator = translatorFor(format);
  const work = workspace();
  work.load(frame, rect, translator);
  const { width, height } = rect;
  return work.made(work.tiles(width, height, tileSize, translator.compactPixel));
}
