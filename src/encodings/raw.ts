import { MAX_DIMENSION } from "../frame/framebuffer.ts";
import { translatorFor } from "../frame/translator.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";

/** Every pixel as it is, row by row (RFC 6143 §7.7.1). */
export const raw: Encoder = {
  id: ENCODING.Raw,
  name: "Raw",
  maxWidth: MAX_DIMENSION,
  maxHeight: MAX_DIMENSION,
  encode(frame, rect, format) {
    const translator = translatorFor(format);
    return { head: translator.pixel.bytes(translator.values(frame, rect)) };
  },
};
