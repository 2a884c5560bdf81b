import { translatorFor } from "../frame/translator.ts";
import { cutIntoBlocks } from "./blocks.ts";
import { compress } from "./deflate.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { workspace } from "./workspace.ts";

/** Raw pixels, compressed by zlib. */
export const zlib: Encoder = {
  id: ENCODING.Zlib,
  name: "Zlib",
  encode(frame, rect, format, settings) {
    const translator = translatorFor(format);
    return cutIntoBlocks(rect).map((block) => {
      const values = workspace().load(frame, block, translator);
      const segment = compress(translator.pixel.bytes(values), settings.compressLevel);
      const deflated = { stream: "zlib", segment };
      return { rect: block, encoding: ENCODING.Zlib, head: new Uint8Array(), deflated };
    });
  },
};
