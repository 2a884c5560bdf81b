import { constants, inflateRawSync } from "node:zlib";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { PIXEL_FORMATS } from "./pixel_formats.ts";

// What tests are written with that have every byte worked out by hand.

/** The format in which W is ff, R e0, G 1c, B 03 and K 00. */
export const BITS_8 = PIXEL_FORMATS["8 332"]!;

/** White, red, green, blue and black. */
export const COLOURS: Readonly<Record<string, number>> = {
  W: 0xffffff,
  R: 0xff0000,
  G: 0x00ff00,
  B: 0x0000ff,
  K: 0x000000,
};

/** A picture from rows of letters. */
export function picture(...rows: string[]): Framebuffer {
  const pixels = Uint32Array.from(rows.join(""), (letter) => COLOURS[letter]!);
  return new Framebuffer(rows[0]!.length, rows.length, pixels);
}

/** What a deflate segment holds. */
export function inflated(segment: Uint8Array): Uint8Array {
  return new Uint8Array(inflateRawSync(segment, { finishFlush: constants.Z_SYNC_FLUSH }));
}
