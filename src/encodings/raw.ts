import type { Framebuffer } from "../frame/framebuffer.ts";
import type { Rect } from "../frame/rect.ts";
import { type Translator, translatorFor } from "../frame/translator.ts";
import { cutIntoBlocks } from "./blocks.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { workspace } from "./workspace.ts";

/** Every pixel as it is, row by row (RFC 6143 §7.7.1). */
export const raw: Encoder = {
  id: ENCODING.Raw,
  name: "Raw",
  encode(frame, rect, format) {
    const translator = translatorFor(format);
    return cutIntoBlocks(rect).map((block) => ({
      rect: block,
      encoding: ENCODING.Raw,
      head: pixelBytes(frame, block, translator),
    }));
  },
};

function pixelBytes(frame: Framebuffer, rect: Rect, translator: Translator): Uint8Array {
  const { byteOrder, pixel } = translator;
  if (byteOrder === undefined) return pixel.bytes(translator.values(frame, rect));
  return pixel.bytes(workspace().load(frame, rect, translator)).slice();
}
