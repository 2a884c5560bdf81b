import { corre } from "./corre.ts";
import type { Encoder } from "./encoding.ts";
import { hextile } from "./hextile.ts";
import { ENCODING } from "./ids.ts";
import type { JpegCodec } from "./jpeg/codec.ts";
import { createJpeg } from "./jpeg/jpeg.ts";
import { raw } from "./raw.ts";
import { rre } from "./rre.ts";
import { createTight, createTightPng } from "./tight/tight.ts";
import { trle } from "./trle.ts";
import { zlib } from "./zlib.ts";
import { zrle } from "./zrle.ts";
import { zywrle } from "./zywrle/zywrle.ts";

/** Every encoder of pixels, by its encoding's number. */
export function createEncoders(jpeg: JpegCodec): ReadonlyMap<number, Encoder> {
  const encoders: Encoder[] = [
    raw,
    rre,
    corre,
    hextile,
    zlib,
    createTight(jpeg),
    createTightPng(jpeg),
    trle,
    zrle,
    zywrle,
  ];
  const table = new Map(encoders.map((encoder) => [encoder.id, encoder]));
  return table.set(ENCODING.JPEG, createJpeg(jpeg, new Map(table)));
}

/** The numbers of the encodings that {@linkcode createEncoders} makes encoders for, and their names. */
export const PIXEL_ENCODINGS: ReadonlyMap<number, string> = new Map(
  Object.entries(ENCODING).filter(([, id]) => id !== ENCODING.CopyRect).map(([name, id]) => [
    id,
    name,
  ]),
);
