import { translatorFor } from "../frame/translator.ts";
import { deflateSegment } from "./deflate.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";

/** Raw pixels, compressed by zlib. */
export const zlib: Encoder = {
  id: ENCODING.Zlib,
  name: "Zlib",
  encode(frame, rect, format, settings) {
    const translator = translatorFor(format);
    const pixels = translator.pixel.bytes(translator.values(frame, rect));
    const segment = deflateSegment(pixels, settings.compressLevel);
    const deflated = { stream: "zlib", segment };
    return [{ rect, encoding: ENCODING.Zlib, head: new Uint8Array(), deflated }];
  },
};
