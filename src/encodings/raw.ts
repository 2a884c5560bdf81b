import { translatorFor } from "../frame/translator.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";

/** Every pixel as it is, row by row (RFC 6143 §7.7.1). */
export const raw: Encoder = {
  id: ENCODING.Raw,
  name: "Raw",
  encode(frame, rect, format) {
    const translator = translatorFor(format);
    const head = translator.pixel.bytes(translator.values(frame, rect));
    return [{ rect, encoding: ENCODING.Raw, head }];
  },
};
