import { ByteWriter } from "../../rfb/byte_writer.ts";
import { PSEUDO_ENCODING } from "../ids.ts";
import type { CursorEncoding } from "./cursor_encoding.ts";

/** The cursor-type with red, green, blue and alpha in every pixel. */
const ALPHA = 1;

/** VMware Cursor, of its alpha type. Viewers take the colours as not premultiplied. */
export const vmwareCursor: CursorEncoding = {
  id: PSEUDO_ENCODING.VMwareCursor,
  encode({ pixels }) {
    const out = new ByteWriter(2 + pixels.length * 4).u8(ALPHA).padding(1);
    for (const pixel of pixels) out.u32((pixel << 8 | pixel >>> 24) >>> 0);
    return out.finish();
  },
};
