import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { subrectEncoder } from "./rre.ts";

/** RRE with one byte instead of two for each coordinate. */
export const corre: Encoder = subrectEncoder(ENCODING.CoRRE, "CoRRE", 1);
