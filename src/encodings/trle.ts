import { MAX_DIMENSION } from "../frame/framebuffer.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { encodeTiles } from "./tile_encoder.ts";

/** Palettised or run-length encoded tiles of 16x16 pixels (RFC 6143 §7.7.5). */
export const trle: Encoder = {
  id: ENCODING.TRLE,
  name: "TRLE",
  maxWidth: MAX_DIMENSION,
  maxHeight: MAX_DIMENSION,
  encode: (frame, rect, format) => ({ head: encodeTiles(frame, rect, format, 16).slice() }),
};
