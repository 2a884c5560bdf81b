import { split } from "../frame/rect.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { encodeSubrects, MAX_SIDE } from "./rre.ts";

/** RRE with one byte instead of two for each coordinate. */
export const corre: Encoder = {
  id: ENCODING.CoRRE,
  name: "CoRRE",
  encode: (frame, rect, format) =>
    split(rect, MAX_SIDE, MAX_SIDE).map((piece) => ({
      rect: piece,
      encoding: ENCODING.CoRRE,
      head: encodeSubrects(frame, piece, format, 1),
    })),
};
