import { compress } from "./deflate.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { encodeTiles } from "./tile_encoder.ts";

/** Palettised or run-length encoded tiles of 64x64 pixels, compressed by zlib (RFC 6143 §7.7.6). */
export const zrle: Encoder = {
  id: ENCODING.ZRLE,
  name: "ZRLE",
  encode(frame, rect, format, settings) {
    const tiles = encodeTiles(frame, rect, format, 64);
    const segment = compress(tiles, settings.compressLevel);
    const deflated = { stream: "zrle", segment };
    return [{ rect, encoding: ENCODING.ZRLE, head: new Uint8Array(), deflated }];
  },
};
