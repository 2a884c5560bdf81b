import { assertEquals } from "@std/assert";
import { encodeCopyRect } from "../../src/encodings/copy_rect.ts";
import { corre } from "../../src/encodings/corre.ts";
import type { Encoder } from "../../src/encodings/encoding.ts";
import { hextile } from "../../src/encodings/hextile.ts";
import { raw } from "../../src/encodings/raw.ts";
import { rre } from "../../src/encodings/rre.ts";
import { trle } from "../../src/encodings/trle.ts";
import { zlib } from "../../src/encodings/zlib.ts";
import { zrle } from "../../src/encodings/zrle.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { BytesSource } from "../support/decoders/decoder.ts";
import { createDecoders } from "../support/decoders/table.ts";
import { BITS_8, COLOURS, inflated, picture } from "../support/letters.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";

// All bytes here were worked out from the specification by hand, so that an encoder and its decoder
// can't be wrong together. In the 8-bit format: W is ff, R e0, G 1c, B 03, K 00.

/** A picture from one long row of letters, cut into rows of `width`. */
function wrapped(width: number, letters: string): Framebuffer {
  const pixels = Uint32Array.from(letters, (letter) => COLOURS[letter]!);
  return new Framebuffer(width, letters.length / width, pixels);
}

/** Checks an encoder's bytes for a whole picture, and (in 8 bits) that a decoder shows it from them. */
async function check(
  encoder: Encoder,
  frame: Framebuffer,
  hex: string,
  format = BITS_8,
): Promise<void> {
  const [encoded] = encoder.encode(frame, frame.bounds, format, {});
  const { head, deflated } = encoded!;
  const plain = deflated === undefined ? head : inflated(deflated.segment);
  assertEquals(plain.toHex(), hex.replaceAll(" ", ""));
  if (deflated !== undefined || format !== BITS_8) return;
  const decoded = new Framebuffer(frame.width, frame.height);
  const source = new BytesSource(Uint8Array.fromHex(hex.replaceAll(" ", "")));
  await createDecoders().get(encoder.id)!.decode(source, frame.bounds, format, decoded);
  const letters = { ff: "W", e0: "R", "1c": "G", "3": "B", "0": "K" } as Record<string, string>;
  const shown = Array.from(decoded.pixels, (value) => COLOURS[letters[value.toString(16)]!]);
  assertEquals(shown, [...frame.pixels]);
}

Deno.test("Raw: pixels row by row", async () => {
  const frame = picture("WR", "KB");
  await check(raw, frame, "ff e0 00 03");
  await check(raw, frame, "ffffff00 0000ff00 00000000 ff000000", NATIVE_FORMAT);
  await check(raw, frame, "ffff f800 0000 001f", PIXEL_FORMATS["16 565 big-endian"]);
});

Deno.test("CopyRect: the source's position", () => {
  const to = { x: 0x1200, y: 0x34, width: 9, height: 9 };
  const head = encodeCopyRect({ to, dx: 0x1200 - 0xabcd, dy: 0x34 - 0x102 });
  assertEquals(head.toHex(), "abcd0102");
});

Deno.test("RRE: background and subrectangles", async () => {
  await check(rre, picture("WWR", "WWR"), "00000001 ff  e0 0002 0000 0001 0002");
  await check(rre, picture("WWW", "WWW"), "00000000 ff");
});

Deno.test("RRE: the larger of the widest and the tallest subrectangle comes first", async () => {
  const frame = picture("WRRW", "WRWW", "WRWW", "WWWW");
  await check(rre, frame, "00000002 ff  e0 0001 0000 0001 0003  e0 0002 0000 0001 0001");
});

Deno.test("CoRRE: coordinates of one byte", async () => {
  await check(corre, picture("WWR", "WWR"), "00000001 ff  e0 02 00 01 02");
});

Deno.test("Hextile: a solid tile, its background carried over to the next", async () => {
  await check(hextile, picture("W".repeat(17)), "02 ff  00");
});

Deno.test("Hextile: subrectangles in a foreground, carried over to the next tile", async () => {
  await check(hextile, picture("WWRR", "WWRR"), "0e ff e0 01 20 11");
  const twice = picture(("W".repeat(15) + "R").repeat(2));
  await check(hextile, twice, "0e ff e0 01 f0 00  08 01 f0 00");
});

Deno.test("Hextile: a foreground outlives a solid tile", async () => {
  const striped = "W".repeat(15) + "R";
  const frame = picture(striped + "W".repeat(16) + striped);
  await check(hextile, frame, "0e ff e0 01 f0 00  00  08 01 f0 00");
});

Deno.test("Hextile: subrectangles in colours of their own", async () => {
  await check(hextile, picture("WWWW", "WRWB", "WWWW"), "1a ff 02  e0 11 00  03 31 00");
});

Deno.test("Hextile: a raw tile leaves nothing to carry over", async () => {
  await check(hextile, picture("RB"), "01 e0 03");
  const colours = "RGBKRGBKRGBKRGBK";
  const frame = picture("W".repeat(16) + colours + "W".repeat(16));
  await check(hextile, frame, "02 ff  01 e01c0300e01c0300e01c0300e01c0300  02 ff");
});

Deno.test("Zlib: raw pixels, compressed", async () => {
  await check(zlib, picture("WR", "KB"), "ff e0 00 03");
});

for (const encoder of [trle, zrle]) {
  Deno.test(`${encoder.name}: raw and solid tiles`, async () => {
    await check(encoder, picture("RB"), "00 e0 03");
    await check(encoder, picture("WW", "WW"), "01 ff");
  });

  Deno.test(`${encoder.name}: compact pixels`, async () => {
    const format = PIXEL_FORMATS["32 shifts 24 16 8 big-endian"]!;
    await check(encoder, picture("RRR"), "01 0000ff", NATIVE_FORMAT);
    await check(encoder, picture("RRR"), "01 ff0000", format);
    await check(encoder, picture("RRR"), "01 0000ff00", PIXEL_FORMATS["32 depth 32"]);
  });

  Deno.test(`${encoder.name}: packed palettes of 1, 2 and 4 bits`, async () => {
    await check(encoder, picture("WWWWWWWWR", "WWWWWWWWR"), "02 ff e0  00 80  00 80");
    await check(encoder, picture("WRBWRBWR"), "03 ff e0 03  18 61");
    await check(encoder, picture("WRBKGWRBKGWRB"), "05 ff e0 03 00 1c  01 23 40 12 34 01 20");
  });

  Deno.test(`${encoder.name}: plain runs`, async () => {
    const halves = wrapped(16, "W".repeat(128) + "R".repeat(128));
    await check(encoder, halves, "80  ff 7f  e0 7f");
    await check(encoder, wrapped(16, "R" + "W".repeat(255)), "80  e0 00  ff fe");
  });

  Deno.test(`${encoder.name}: runs with a palette`, async () => {
    const frame = wrapped(16, "W".repeat(100) + "R" + "W".repeat(100) + "R" + "W".repeat(54));
    const hex = "82 ffffff 0000ff  80 63  01  80 63  01  80 35";
    await check(encoder, frame, hex, NATIVE_FORMAT);
  });
}

Deno.test("TRLE and ZRLE: tiles of 16 and of 64 pixels, from left to right", async () => {
  const width = picture("W".repeat(64) + "R");
  await check(trle, width, "01 ff  01 ff  01 ff  01 ff  01 e0");
  await check(zrle, width, "01 ff  01 e0");
  await check(trle, wrapped(1, "W".repeat(64) + "R"), "01 ff  01 ff  01 ff  01 ff  01 e0");
});

Deno.test("ZRLE: run lengths of several bytes", async () => {
  const runs = "R".repeat(256) + "W".repeat(257) + "B".repeat(510) + "G".repeat(511);
  const frame = wrapped(64, runs + "K".repeat(64 * 64 - runs.length));
  const rest = "ff".repeat(10) + "0b"; // 2562 - 1 = 10 * 255 + 11
  await check(zrle, frame, `80  e0 ff00  ff ff01  03 fffe  1c ffff00  00 ${rest}`);
});
