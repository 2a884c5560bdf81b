import { assert, assertEquals, assertRejects } from "@std/assert";
import { constants, createDeflate } from "node:zlib";
import { compress } from "../../src/encodings/deflate.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { BytesSource, DecodeError } from "../support/decoders/decoder.ts";
import { createDecoders } from "../support/decoders/table.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";

// What the decoders that judge vncd refuse, and what they take though vncd doesn't send it.

const BITS_8 = PIXEL_FORMATS["8 332"]!;

/** Decodes bytes for a rectangle of 20x4 pixels of one byte each, at the right of a picture. */
async function decode(id: number, hex: string, rectX = 10): Promise<Framebuffer> {
  const picture = new Framebuffer(30, 4);
  const source = new BytesSource(Uint8Array.fromHex(hex.replaceAll(" ", "")));
  const rect = { x: rectX, y: 0, width: 20, height: 4 };
  await createDecoders().get(id)!.decode(source, rect, BITS_8, picture);
  return picture;
}

/** A rectangle's data in a zlib stream of its own. */
function zlibbed(hex: string): string {
  const segment = compress(Uint8Array.fromHex(hex.replaceAll(" ", ""))).toHex();
  return (segment.length / 2 + 2).toString(16).padStart(8, "0") + "7801" + segment;
}

const REFUSED: readonly [what: string, id: number, hex: string][] = [
  ["Raw that ends early", ENCODING.Raw, "00".repeat(79)],
  ["CopyRect from outside the picture", ENCODING.CopyRect, "000b 0000"],
  ["RRE with a subrectangle too wide", ENCODING.RRE, "00000001 00 01 0001 0000 0014 0001"],
  ["RRE with a subrectangle too high", ENCODING.RRE, "00000001 00 01 0000 0001 0001 0004"],
  ["RRE with an empty subrectangle", ENCODING.RRE, "00000001 00 01 0000 0000 0000 0001"],
  ["RRE in the background's colour", ENCODING.RRE, "00000001 07 07 0000 0000 0001 0001"],
  ["RRE with too many subrectangles", ENCODING.RRE, "00000051 00"],
  ["CoRRE with a subrectangle too wide", ENCODING.CoRRE, "00000001 00 01 01 00 14 01"],
  ["Hextile without a background", ENCODING.Hextile, "00 00"],
  ["Hextile without a background after raw", ENCODING.Hextile, `01 ${"05".repeat(64)} 00`],
  ["Hextile without a foreground", ENCODING.Hextile, "0a 01 01 00 00"],
  ["Hextile without a foreground after coloured", ENCODING.Hextile, "1a 01 00  08 01 00 00"],
  ["Hextile with foreground and coloured", ENCODING.Hextile, "1e 01 02 00"],
  ["Hextile with a subrectangle outside its tile", ENCODING.Hextile, "0e 01 02 01 f0 10"],
  ["Hextile with unknown bits", ENCODING.Hextile, "22 01"],
  ["Zlib with bytes left over", ENCODING.Zlib, zlibbed("00".repeat(81))],
  ["Zlib with bytes missing", ENCODING.Zlib, zlibbed("00".repeat(79))],
  ["Zlib with a broken header", ENCODING.Zlib, "00000003 7802 00"],
  ["Zlib with broken data", ENCODING.Zlib, "00000004 7801 ffff"],
  ["Tight with unknown compression", ENCODING.Tight, "b0 01"],
  ["Tight with unknown compression and a filter", ENCODING.Tight, "f0 00"],
  ["Tight with PNG", ENCODING.Tight, "a0 00"],
  ["Tight with an unknown filter", ENCODING.Tight, "40 03"],
  ["Tight with a palette of one colour", ENCODING.Tight, "40 01 00 05"],
  ["Tight with an index out of range", ENCODING.Tight, "e0 01 02 050607 50" + "03".repeat(80)],
  ["Tight with a gradient in 8 bits", ENCODING.Tight, "e0 02 50" + "00".repeat(80)],
  ["Tight with JPEG in 8 bits", ENCODING.Tight, "90 01 00"],
  ["Tight with bytes left over", ENCODING.Tight, "a0 51" + "00".repeat(81)],
  ["Tight with bytes missing", ENCODING.Tight, "a0 4f" + "00".repeat(79)],
  ["Tight with a stream that has no header", ENCODING.Tight, "00 04 00000000"],
  ["TightPNG with basic compression", ENCODING.TightPNG, "00 01 00"],
  ["TightPNG with what is no PNG", ENCODING.TightPNG, "a0 04 ffd8ffd9"],
  ["TRLE with an unused subencoding", ENCODING.TRLE, "11" + "00".repeat(99)],
  ["TRLE with a run out of its tile", ENCODING.TRLE, "80 01 40"],
  ["TRLE with a packed index out of range", ENCODING.TRLE, "03 01 02 03" + "ff".repeat(16)],
  ["TRLE with a run's index out of range", ENCODING.TRLE, "82 01 02 02"],
  ["TRLE with no palette to use again", ENCODING.TRLE, "01 05 7f"],
  ["ZRLE with bytes left over", ENCODING.ZRLE, zlibbed("01 05 00")],
  ["ZRLE with bytes missing", ENCODING.ZRLE, zlibbed("80 01 4e")],
  ["ZRLE with subencoding 127", ENCODING.ZRLE, zlibbed("7f")],
  ["ZRLE with subencoding 129", ENCODING.ZRLE, zlibbed("81 05")],
];

for (const [what, id, hex] of REFUSED) {
  Deno.test(`the decoder refuses ${what}`, async () => {
    await assertRejects(() => decode(id, hex), DecodeError);
  });
}

Deno.test("the decoder refuses a rectangle outside the picture", async () => {
  await decode(ENCODING.Raw, "00".repeat(80), 10);
  await assertRejects(() => decode(ENCODING.Raw, "00".repeat(80), 11), DecodeError);
});

Deno.test("the CopyRect decoder copies an area over itself", async () => {
  const picture = new Framebuffer(5, 1, Uint32Array.of(1, 2, 3, 4, 5));
  const rect = { x: 1, y: 0, width: 4, height: 1 };
  const source = new BytesSource(Uint8Array.of(0, 0, 0, 0));
  await createDecoders().get(ENCODING.CopyRect)!.decode(source, rect, BITS_8, picture);
  assertEquals(picture.pixels, Uint32Array.of(1, 1, 2, 3, 4));
});

Deno.test("the Tight decoder begins a zlib stream anew where it is told to", async () => {
  const decoder = createDecoders().get(ENCODING.Tight)!;
  const rect = { x: 0, y: 0, width: 4, height: 4 };
  const segment = compress(Uint8Array.from({ length: 16 }, (_, n) => n)).toHex();
  const size = segment.length / 2;
  const opens = (control: string) => control + (size + 2).toString(16) + "7801" + segment;
  const decodeNext = async (hex: string) => {
    const picture = new Framebuffer(4, 4);
    await decoder.decode(new BytesSource(Uint8Array.fromHex(hex)), rect, BITS_8, picture);
    assertEquals([...picture.pixels], Array.from({ length: 16 }, (_, n) => n));
  };
  await decodeNext(opens("00"));
  await decodeNext("00" + size.toString(16) + segment);
  await decodeNext(opens("11"));
  await decodeNext(opens("01"));
  await decodeNext("10" + size.toString(16) + segment);
  await assertRejects(() => decodeNext(opens("10")), DecodeError);
});

Deno.test("the TRLE decoder uses the last palette again", async () => {
  const packed = `02 0506 ${"0000".repeat(4)}`;
  const again = await decode(ENCODING.TRLE, `${packed} 7f 70 00 00 80`);
  assertEquals([...again.pixels.subarray(26, 30)], [5, 6, 6, 6]);
  assertEquals(again.pixels[3 * 30 + 26], 6);
  const runs = await decode(ENCODING.TRLE, `${packed} 81 01 80 0d 81 00`);
  assertEquals([...runs.pixels.subarray(26, 30)], [6, 5, 5, 5]);
  assertEquals([...runs.pixels.subarray(3 * 30 + 26)], [5, 5, 5, 6].with(2, 5).with(3, 6));
});

Deno.test("the zlib decoder follows a stream that refers to earlier rectangles", async () => {
  const deflate = createDeflate();
  const rect = { x: 0, y: 0, width: 40, height: 40 };
  const decoder = createDecoders().get(ENCODING.Zlib)!;
  const pixels = Uint8Array.from({ length: 1600 }, (_, i) => (i * i >> 3) & 255);
  const sizes: number[] = [];
  for (let n = 0; n < 3; n++) {
    deflate.write(pixels);
    await new Promise<void>((done) => deflate.flush(constants.Z_SYNC_FLUSH, () => done()));
    const piece: number[] = [];
    for (let part = deflate.read(); part !== null; part = deflate.read()) piece.push(...part);
    sizes.push(piece.length);
    const length = Uint8Array.of(0, 0, piece.length >> 8, piece.length & 255);
    const picture = new Framebuffer(40, 40);
    const source = new BytesSource(Uint8Array.from([...length, ...piece]));
    await decoder.decode(source, rect, BITS_8, picture);
    assertEquals(picture.pixels, Uint32Array.from(pixels));
  }
  deflate.destroy();
  assert(sizes[2]! < sizes[0]! / 4, "later pieces refer to the first");
});
