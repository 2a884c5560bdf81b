import { assert, assertEquals, assertRejects } from "@std/assert";
import type { EncodedRect } from "../../src/encodings/encoding.ts";
import { zrle } from "../../src/encodings/zrle.ts";
import { fieldsOf } from "../../src/encodings/zywrle/colours.ts";
import { transform } from "../../src/encodings/zywrle/wavelet.ts";
import { zywrle } from "../../src/encodings/zywrle/zywrle.ts";
import type { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../src/frame/pixel_format.ts";
import { translatorFor } from "../../src/frame/translator.ts";
import { decodeAll } from "../support/decode_rects.ts";
import { DecodeError } from "../support/decoders/decoder.ts";
import { createDecoders } from "../support/decoders/table.ts";
import { draw } from "../support/drawing.ts";
import { noise, photo, text, userInterface } from "../support/pictures.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";
import { psnr } from "../support/psnr.ts";

const LEVELS = [1, 2, 3] as const;
type Level = typeof LEVELS[number];

function encode(frame: Framebuffer, level?: Level, format = NATIVE_FORMAT): EncodedRect[] {
  return zywrle.encode(frame, frame.bounds, format, { quality: 50, zywrleLevel: level });
}

/** What a viewer shows, in pixel values of its format. */
async function shown(
  rects: readonly EncodedRect[],
  frame: Framebuffer,
  level: number | undefined,
  format: PixelFormat = NATIVE_FORMAT,
): Promise<Uint32Array> {
  return (await decodeAll(rects, frame, { decoders: createDecoders(level), format })).pixels;
}

const bytesOf = (rects: readonly EncodedRect[]) =>
  rects.reduce((sum, { deflated }) => sum + deflated!.segment.length, 0);

Deno.test("ZYWRLE: a photo is like itself at every level, the less so the smaller it is", async () => {
  const frame = photo(300, 200);
  const likeness: number[] = [];
  const sizes: number[] = [];
  for (const level of LEVELS) {
    const rects = encode(frame, level);
    sizes.push(bytesOf(rects));
    likeness.push(psnr(await shown(rects, frame, level), frame.pixels));
    assert(rects.some(({ lossy }) => lossy));
  }
  assertEquals(sizes, sizes.toSorted((a, b) => b - a));
  assertEquals(likeness, likeness.toSorted((a, b) => b - a));
  for (const [i, least] of [36, 34, 30].entries()) assert(likeness[i]! > least, likeness.join());
  const exact = zrle.encode(frame, frame.bounds, NATIVE_FORMAT, {});
  assert(sizes[0]! < bytesOf(exact) / 3, `${sizes} ${bytesOf(exact)}`);
});

Deno.test("ZYWRLE: tiles of any size, in every format that it can transform", async () => {
  for (const name of ["native", "32 shifts 0 8 16", "16 565", "16 555"]) {
    const format = PIXEL_FORMATS[name]!;
    for (const [width, height] of [[1, 70], [70, 3], [7, 5], [8, 8], [65, 67], [79, 90]] as const) {
      const frame = photo(width, height);
      const values = translatorFor(format).values(frame, frame.bounds);
      for (const level of LEVELS) {
        const actual = await shown(encode(frame, level, format), frame, level, format);
        const likeness = psnr(coloursOf(actual, format), coloursOf(values, format));
        assert(likeness > 24, `${name} ${width}x${height}, level ${level}: ${likeness}`);
      }
    }
  }
});

Deno.test("ZYWRLE: without a level, without a quality and in other formats it is exact", async () => {
  for (const [name, format] of Object.entries(PIXEL_FORMATS)) {
    const frame = noise(70, 40);
    const expected = translatorFor(format).values(frame, frame.bounds);
    const transforms = /^native|depth 32|0 8 16$|565$|555$/.test(name);
    const encoded = [
      encode(frame, undefined, format),
      zywrle.encode(frame, frame.bounds, format, { zywrleLevel: 1 }),
      ...transforms ? [] : [encode(frame, 1, format)],
    ];
    for (const rects of encoded) {
      assertEquals(rects.some(({ lossy }) => lossy), false);
      // The decoder would not take a tile that viewers could transform.
      assertEquals(await shown(rects, frame, undefined, format), expected, name);
    }
  }
});

Deno.test("ZYWRLE: text and user interfaces stay exact, and apart from photos", async () => {
  for (const picture of [text, userInterface]) {
    const frame = picture(300, 200);
    const rects = encode(frame, 3);
    assertEquals(rects.some(({ lossy }) => lossy), false);
    assertEquals(await shown(rects, frame, 3), frame.pixels);
  }
  const mixed = text(300, 100);
  const inserted = photo(128, 64);
  draw(inserted, inserted.bounds, mixed, { ...inserted.bounds, x: 64 });
  const lossy = encode(mixed, 1).filter((rect) => rect.lossy).map(({ rect }) => rect);
  assertEquals(lossy, [{ x: 64, y: 0, width: 128, height: 64 }]);
});

Deno.test("ZYWRLE's transform: luma, chroma, and what of their differences is worth a code", () => {
  const fields = fieldsOf(NATIVE_FORMAT)!;
  const tile = (...colours: number[]) => [...transform(Uint32Array.from(colours), 2, fields, 1)!];
  // Nothing differs: three times nothing, then luma 0x4c - 128, blue and red differences halved.
  assertEquals(tile(0xff3300, 0xff3300, 0xff3300, 0xff3300), [0, 0, 0, 0x66d9e6]);
  // White beside black: what is across goes to 120, not to 127.
  assertEquals(tile(0xffffff, 0, 0xffffff, 0), [0, 0, 0x007800, 0]);
  assertEquals(tile(0, 0xffffff, 0, 0xffffff), [0, 0, 0x008800, 0]);
  // White above black.
  assertEquals(tile(0xffffff, 0xffffff, 0, 0), [0, 0x007800, 0, 0]);
  // Small differences of luma, and all of chroma, are dropped.
  assertEquals(tile(0x808080, 0x858585, 0x808080, 0x858585).slice(0, 3), [0, 0, 0]);
  assertEquals(tile(0xff8000, 0x0080ff, 0xff8000, 0x0080ff).slice(0, 3), [0, 0, 0]);
});

Deno.test("ZYWRLE's transform: what can't be halved stays as it is, at the end", () => {
  const fields = fieldsOf(NATIVE_FORMAT)!;
  const tile = Uint32Array.from({ length: 15 }, (_, i) => i);
  assertEquals([...transform(tile, 5, fields, 1)!].slice(8), [4, 9, 10, 11, 12, 13, 14]);
  assertEquals(transform(tile, 5, fields, 2), undefined);
});

Deno.test("the ZYWRLE decoder refuses a raw tile where viewers differ", async () => {
  const frame = photo(64, 64);
  await assertRejects(() => shown(encode(frame, 1), frame, undefined), DecodeError, "level");
  const format = PIXEL_FORMATS["32 big-endian"]!;
  await assertRejects(() => shown(encode(frame, 1), frame, 1, format), DecodeError, "format");
});

/** Pixel values as colours, `0x00RRGGBB`, whichever of red and blue is the higher one. */
function coloursOf(values: Uint32Array, format: PixelFormat): Uint32Array {
  const { redMax, greenMax, blueMax, redShift, greenShift, blueShift } = format;
  const field = (value: number, max: number, shift: number) =>
    Math.round((value >>> shift & max) * 255 / max);
  return values.map((value) =>
    field(value, redMax, redShift) << 16 | field(value, greenMax, greenShift) << 8 |
    field(value, blueMax, blueShift)
  );
}
