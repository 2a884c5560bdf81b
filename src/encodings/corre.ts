import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { encodeSubrects } from "./rre.ts";

/** RRE in smaller rectangles, with one byte instead of two for each coordinate. */
export const corre: Encoder = {
  id: ENCODING.CoRRE,
  name: "CoRRE",
  maxWidth: 64,
  maxHeight: 64,
  encode: (frame, rect, format) => encodeSubrects(frame, rect, format, 1),
};
