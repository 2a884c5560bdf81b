import { Framebuffer } from "../../frame/framebuffer.ts";
import type { PixelFormat } from "../../frame/pixel_format.ts";
import { translatorFor } from "../../frame/translator.ts";
import { ByteWriter } from "../../rfb/byte_writer.ts";
import { PSEUDO_ENCODING } from "../ids.ts";
import { bitmask, isOpaque } from "./bitmask.ts";
import type { CursorEncoding, CursorPicture } from "./cursor_encoding.ts";

/**
 * Cursor (RFC 6143 §7.8.1): the pixels in the viewer's format, then a bitmask of those that are to
 * be drawn.
 */
export const richCursor: CursorEncoding = {
  id: PSEUDO_ENCODING.Cursor,
  encode(cursor: CursorPicture, format: PixelFormat) {
    const { width, height } = cursor;
    if (width === 0 || height === 0) return new Uint8Array(0);
    const picture = new Framebuffer(width, height, cursor.pixels.map((pixel) => pixel & 0xffffff));
    const translator = translatorFor(format);
    const pixels = translator.pixel.bytes(translator.values(picture, picture.bounds));
    const mask = bitmask(cursor, isOpaque);
    return new ByteWriter(pixels.length + mask.length).bytes(pixels).bytes(mask).finish();
  },
};
