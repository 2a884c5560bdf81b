import { assertEquals } from "@std/assert";
import type { EncodeSettings } from "../../../src/encodings/encoding.ts";
import { createTight, createTightPng } from "../../../src/encodings/tight/tight.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT } from "../../../src/frame/pixel_format.ts";
import { BITS_8, inflated, picture } from "../../support/letters.ts";
import { noise } from "../../support/pictures.ts";
import { PIXEL_FORMATS } from "../../support/pixel_formats.ts";

// All bytes here were worked out from the specification by hand, so that an encoder and its decoder
// can't be wrong together. In the 8-bit format: W is ff, R e0, G 1c, B 03, K 00.

const BITS_16 = PIXEL_FORMATS["16 565 big-endian"]!;

const FAKE_JPEG = { name: "fake", encode: () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) };
const tight = createTight(FAKE_JPEG);
const tightPng = createTightPng(FAKE_JPEG);

/** What Tight makes of a picture: what comes first, and after a bar what is compressed. */
function encoded(frame: Framebuffer, format = BITS_8, settings: EncodeSettings = {}): string {
  return tight.encode(frame, frame.bounds, format, settings).map(({ head, deflated }) => {
    if (deflated === undefined) return head.toHex();
    const { segment, tightStream } = deflated;
    return `${head.toHex()} stream ${tightStream}: ${inflated(segment).toHex()}`;
  }).join("\n");
}

const hex = (bytes: string) => bytes.replaceAll(" ", "");

Deno.test("Tight: a single colour is a fill", () => {
  assertEquals(encoded(picture("R")), "80e0");
  assertEquals(encoded(picture("RRR", "RRR")), "80e0");
  assertEquals(encoded(picture("RRR"), BITS_16), "80f800");
});

Deno.test("Tight: the bytes of a TPIXEL are red, green, blue, whatever the viewer's order", () => {
  const frame = new Framebuffer(1, 1, Uint32Array.of(0x123456));
  assertEquals(encoded(frame, NATIVE_FORMAT), "80123456");
  assertEquals(encoded(frame, PIXEL_FORMATS["32 big-endian"]), "80123456");
  assertEquals(encoded(frame, PIXEL_FORMATS["32 shifts 0 8 16"]), "80123456");
  assertEquals(encoded(frame, PIXEL_FORMATS["32 shifts 24 16 8 big-endian"]), "80123456");
  assertEquals(encoded(frame, PIXEL_FORMATS["32 shifts 0 12 24"]), "80123456");
  assertEquals(encoded(frame, PIXEL_FORMATS["32 depth 32"]), "8056341200");
});

Deno.test("Tight: two colours are bits, each row from a byte's start", () => {
  const short = picture("WWWWWWWWR", "RWWWWWWWW");
  assertEquals(encoded(short), hex("50 01 01 ff e0  00 80 80 00"));
  assertEquals(encoded(short, NATIVE_FORMAT), hex("50 01 01 ffffff ff0000  00 80 80 00"));
  const long = picture(...Array.from({ length: 12 }, (_, n) => n === 1 ? "WR" : "WW"));
  assertEquals(encoded(long), `${hex("50 01 01 ff e0")} stream 1: 004000000000000000000000`);
});

Deno.test("Tight: more colours are a palette and a byte a pixel", () => {
  const short = picture("WRBWRB");
  assertEquals(
    encoded(short, NATIVE_FORMAT),
    hex("60 01 02 ffffff ff0000 0000ff  00 01 02 00 01 02"),
  );
  const long = picture("WRBWRBWRBWRB");
  assertEquals(
    encoded(long, BITS_16),
    `${hex("60 01 02 ffff f800 001f")} stream 2: 000102000102000102000102`,
  );
});

Deno.test("Tight: pixels as they are, where a palette would be no smaller", () => {
  assertEquals(encoded(picture("WRBKGW")), hex("00 ff e0 03 00 1c ff"));
  assertEquals(encoded(picture("WRB"), NATIVE_FORMAT), hex("00 ffffff ff0000 0000ff"));
  assertEquals(
    encoded(picture("WRBKGWRBKGWR")),
    "00 stream 0: ffe003001cffe003001cffe0",
  );
});

Deno.test("Tight: without zlib only where the viewer can, and asks for level 0", () => {
  const mono = picture(...Array.from({ length: 12 }, (_, n) => n === 1 ? "WR" : "WW"));
  const without = { withoutZlib: true, compressLevel: 0 };
  assertEquals(
    encoded(mono, BITS_8, without),
    hex("e0 01 01 ff e0  0c 004000000000000000000000"),
  );
  assertEquals(
    encoded(picture("WRBKGWRBKGWR"), BITS_8, without),
    hex("a0 0c ffe003001cffe003001cffe0"),
  );
  assertEquals(encoded(picture("WRBKGW"), BITS_8, without), hex("a0 ff e0 03 00 1c ff"));
  const zlib = `${hex("50 01 01 ff e0")} stream 1: 004000000000000000000000`;
  assertEquals(encoded(mono, BITS_8, { withoutZlib: true }), zlib);
  assertEquals(encoded(mono, BITS_8, { withoutZlib: true, compressLevel: 1 }), zlib);
  assertEquals(encoded(mono, BITS_8, { compressLevel: 0 }), zlib);
});

Deno.test("Tight: photos go through the gradient filter, where that helps and is known", () => {
  const frame = noise(32, 32);
  const encode = (settings: EncodeSettings) =>
    tight.encode(frame, frame.bounds, NATIVE_FORMAT, settings)
      .map(({ head, deflated }) => [head.toHex(), deflated!.tightStream]);
  assertEquals(encode({}), [["7002", 3]]);
  assertEquals(encode({ compressLevel: 1 }), [["7002", 3]]);
  assertEquals(encode({ compressLevel: 0 }), [["00", 0]]);
  assertEquals(encode({ withoutGradient: true }), [["00", 0]]);
});

Deno.test("Tight and TightPNG: a JPEG is a file behind its length", () => {
  for (const encoder of [tight, tightPng]) {
    const rects = encoder.encode(noise(32, 32), noise(32, 32).bounds, BITS_16, { quality: 50 });
    assertEquals(rects.map(({ head, lossy }) => [head.toHex(), lossy]), [["9004ffd8ffd9", true]]);
  }
});

Deno.test("TightPNG: a single colour is a fill", () => {
  const rects = tightPng.encode(picture("RR"), picture("RR").bounds, BITS_8, {});
  assertEquals(rects.map(({ head }) => head.toHex()), ["80e0"]);
});

Deno.test("TightPNG: a file of 2 colours has 1 bit a pixel", () => {
  const frame = picture("WWWWWWWWR", "WWWWWWWWR");
  const head = tightPng.encode(frame, frame.bounds, NATIVE_FORMAT, {})[0]!.head;
  const start = hex(
    "89504e470d0a1a0a  0000000d 49484452 00000009 00000002 01 03 00 00 00",
  );
  assertEquals([...head.subarray(0, 2)], [0xa0, head.length - 2]);
  assertEquals(head.subarray(2, 2 + start.length / 2).toHex(), start);
  // Behind the header's checksum.
  const palette = hex("00000006 504c5445 ffffff ff0000");
  assertEquals(head.subarray(35, 35 + palette.length / 2).toHex(), palette);
  assertEquals(head.subarray(-12).toHex(), hex("00000000 49454e44 ae426082"));
});
