import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { encodeSubrects, MAX_SIDE } from "./rre.ts";

/** RRE with one byte instead of two for each coordinate. */
export const corre: Encoder = {
  id: ENCODING.CoRRE,
  name: "CoRRE",
  maxWidth: MAX_SIDE,
  maxHeight: MAX_SIDE,
  encode: (frame, rect, format) => encodeSubrects(frame, rect, format, 1),
};
