import { cutIntoBlocks } from "./blocks.ts";
import { compress } from "./deflate.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { encodeTiles } from "./tile_encoder.ts";

/** Palettised or run-length encoded tiles of 64x64 pixels, compressed by zlib (RFC 6143 §7.7.6). */
export const zrle: Encoder = {
  id: ENCODING.ZRLE,
  name: "ZRLE",
  encode(frame, rect, format, settings) {
    return cutIntoBlocks(rect).map((block) => {
      const tiles = encodeTiles(frame, block, format, 64);
      const deflated = { stream: "zrle", segment: compress(tiles, settings.compressLevel) };
      return { rect: block, encoding: ENCODING.ZRLE, head: new Uint8Array(), deflated };
    });
  },
};
