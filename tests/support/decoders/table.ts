import { CopyRectDecoder } from "./copy_rect.ts";
import type { Decoder } from "./decoder.ts";
import { HextileDecoder } from "./hextile.ts";
import { Inflater } from "./inflater.ts";
import { JPEGDecoder } from "./jpeg.ts";
import { RawDecoder } from "./raw.ts";
import { CoRREDecoder, RREDecoder } from "./rre.ts";
import { TightDecoder, TightPNGDecoder } from "./tight.ts";
import { TRLEDecoder } from "./trle.ts";
import { ZlibDecoder } from "./zlib.ts";
import { ZRLEDecoder } from "./zrle.ts";
import { ZYWRLEDecoder } from "./zywrle.ts";

/**
 * Decoders for one connection, by their encodings' numbers.
 * @param zywrleLevel The levels of ZYWRLE's transform, if the viewer asked for a quality.
 */
export function createDecoders(zywrleLevel?: number): ReadonlyMap<number, Decoder> {
  const zrle = new Inflater();
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
    new ZRLEDecoder(zrle),
    new ZYWRLEDecoder(zrle, zywrleLevel),
    new JPEGDecoder(),
  ];
  return new Map(decoders.map((decoder) => [decoder.id, decoder]));
}
