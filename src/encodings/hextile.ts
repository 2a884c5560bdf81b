import { translatorFor } from "../frame/translator.ts";
import { cutIntoBlocks } from "./blocks.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { lend } from "./lent_memory.ts";
import { workspace } from "./workspace.ts";

/** Tiles of 16x16 pixels, each raw or a background with subrectangles (RFC 6143 §7.7.4). */
export const hextile: Encoder = {
  id: ENCODING.Hextile,
  name: "Hextile",
  isQuick: () => true,
  encode(frame, rect, format) {
    const translator = translatorFor(format);
    const work = workspace();
    return cutIntoBlocks(rect).map((block) => {
      work.load(frame, block, translator);
      const length = work.hextile(block.width, block.height, translator.pixel);
      const head = lend(work.made(length));
      return { rect: block, encoding: ENCODING.Hextile, head };
    });
  },
};
