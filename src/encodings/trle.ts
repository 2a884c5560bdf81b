import { cutIntoBlocks } from "./blocks.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { encodeTiles } from "./tile_encoder.ts";

/** Palettised or run-length encoded tiles of 16x16 pixels (RFC 6143 §7.7.5). */
export const trle: Encoder = {
  id: ENCODING.TRLE,
  name: "TRLE",
  isQuick: () => true,
  encode(frame, rect, format) {
    return cutIntoBlocks(rect).map((block) => {
      const head = encodeTiles(frame, block, format, 16).slice();
      return { rect: block, encoding: ENCODING.TRLE, head };
    });
  },
};
