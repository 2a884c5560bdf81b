import { CopyRectDecoder } from "./copy_rect.ts";
import type { Decoder } from "./decoder.ts";
import { HextileDecoder } from "./hextile.ts";
import { RawDecoder } from "./raw.ts";
import { CoRREDecoder, RREDecoder } from "./rre.ts";
import { TightDecoder, TightPNGDecoder } from "./tight.ts";
import { TRLEDecoder } from "./trle.ts";
import { ZlibDecoder } from "./zlib.ts";
import { ZRLEDecoder } from "./zrle.ts";

/** Decoders for one connection, by their encodings' numbers. */
export function createDecoders(): ReadonlyMap<number, Decoder> {
  const decoders = [
    new RawDecoder(),
    new CopyRectDecoder(),
    new RREDecoder(),
    new CoRREDecoder(),
    new HextileDecoder(),
    new ZlibDecoder(),
    new TightDecoder(),
    new TightPNGDecoder(),
    new TRLEDecoder(),
    new ZRLEDecoder(),
  ];
  return new Map(decoders.map((decoder) => [decoder.id, decoder]));
}
