import { ByteWriter } from "../../rfb/byte_writer.ts";
import { ENCODING, PSEUDO_ENCODING } from "../ids.ts";
import type { CursorEncoding } from "./cursor_encoding.ts";

/**
 * Cursor With Alpha: an encoding's number, then pixels in it, which are always red, green, blue and
 * alpha, the colours premultiplied. Raw is the one that every viewer has.
 */
export const cursorWithAlpha: CursorEncoding = {
  id: PSEUDO_ENCODING.CursorWithAlpha,
  encode({ pixels }) {
    const out = new ByteWriter(4 + pixels.length * 4).s32(ENCODING.Raw);
    for (const pixel of pixels) {
      const alpha = pixel >>> 24;
      const premultiplied = (shift: number) => Math.round((pixel >>> shift & 0xff) * alpha / 255);
      out.u8(premultiplied(16)).u8(premultiplied(8)).u8(premultiplied(0)).u8(alpha);
    }
    return out.finish();
  },
};
