import { translatorFor } from "../frame/translator.ts";
import { cutIntoBlocks } from "./blocks.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { lend } from "./lent_memory.ts";
import { workspace } from "./workspace.ts";

/** Every pixel as it is, row by row (RFC 6143 §7.7.1). */
export const raw: Encoder = {
  id: ENCODING.Raw,
  name: "Raw",
  encode(frame, rect, format) {
    const translator = translatorFor(format);
    const work = workspace();
    return cutIntoBlocks(rect).map((block) => {
      const values = work.load(frame, block, translator);
      return { rect: block, encoding: ENCODING.Raw, head: lend(translator.pixel.bytes(values)) };
    });
  },
};
