import { MAX_DIMENSION } from "../frame/framebuffer.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { raw } from "./raw.ts";
import { deflateSegment } from "./zlib_stream.ts";

/** Raw pixels, compressed by zlib. */
export const zlib: Encoder = {
  id: ENCODING.Zlib,
  name: "Zlib",
  maxWidth: MAX_DIMENSION,
  maxHeight: MAX_DIMENSION,
  encode(frame, rect, format, settings) {
    const { head: pixels } = raw.encode(frame, rect, format, settings);
    const segment = deflateSegment(pixels, settings.compressLevel);
    return { head: new Uint8Array(), deflated: { stream: "zlib", segment } };
  },
};
