import { corre } from "./corre.ts";
import type { Encoder } from "./encoding.ts";
import { hextile } from "./hextile.ts";
import { raw } from "./raw.ts";
import { rre } from "./rre.ts";
import { trle } from "./trle.ts";
import { zlib } from "./zlib.ts";
import { zrle } from "./zrle.ts";

/** Every encoder of pixels, by its encoding's number. */
export const ENCODERS: ReadonlyMap<number, Encoder> = new Map(
  [
    raw,
    rre,
    corre,
    hextile,
    zlib,
    trle,
    zrle,
  ].map((encoder) => [encoder.id, encoder]),
);
