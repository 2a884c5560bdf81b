import { translatorFor } from "../frame/translator.ts";
import { cutIntoBlocks } from "./blocks.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { createHextile } from "./kernels/hextile.ts";
import { sharedWorkspace } from "./kernels/workspace.ts";

let writeTiles: ReturnType<typeof createHextile> | undefined;

/** Tiles of 16x16 pixels, each raw or a background with subrectangles (RFC 6143 §7.7.4). */
export const hextile: Encoder = {
  id: ENCODING.Hextile,
  name: "Hextile",
  encode(frame, rect, format) {
    const translator = translatorFor(format);
    const workspace = sharedWorkspace();
    writeTiles ??= createHextile(workspace);
    return cutIntoBlocks(rect).map((block) => {
      workspace.load(frame, block, translator);
      const head = workspace.made(writeTiles!(block.width, block.height, translator.pixel));
      return { rect: block, encoding: ENCODING.Hextile, head };
    });
  },
};
