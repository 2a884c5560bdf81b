import { assert, assertEquals } from "@std/assert";
import { COLOUR_MAP } from "../../src/frame/colour_map.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../src/frame/pixel_format.ts";
import { translatorFor } from "../../src/frame/translator.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";
import { noise } from "../support/pictures.ts";

const TRUE_COLOUR = Object.entries(PIXEL_FORMATS).filter(([, format]) => format.trueColour);

/** The specification's arithmetic, with nothing precomputed. */
function expectedValue(word: number, format: PixelFormat): number {
  const field = (intensity: number, max: number, shift: number) =>
    Math.round(intensity * max / 255) * 2 ** shift;
  return field(word >> 16 & 255, format.redMax, format.redShift) +
    field(word >> 8 & 255, format.greenMax, format.greenShift) +
    field(word & 255, format.blueMax, format.blueShift);
}

function writtenHex(values: number[], format: PixelFormat, compact = false): string {
  const translator = translatorFor(format);
  const pixel = compact ? translator.compactPixel : translator.pixel;
  return pixel.bytes(Uint32Array.from(values)).toHex();
}

for (const [name, format] of TRUE_COLOUR) {
  Deno.test(`translates every intensity to ${name}`, () => {
    const translator = translatorFor(format);
    const frame = new Framebuffer(256, 3);
    for (let c = 0; c < 256; c++) {
      frame.pixels[c] = c << 16;
      frame.pixels[256 + c] = c << 8;
      frame.pixels[512 + c] = c;
    }
    const expected = frame.pixels.map((word) => expectedValue(word, format));
    assertEquals(translator.values(frame, frame.bounds), expected);
    frame.pixels.forEach((word, i) => assertEquals(translator.value(word), expected[i]));
  });
}

Deno.test("translates a rectangle within a wider framebuffer, row after row", () => {
  const { pixels } = noise(40, 30);
  const frame = new Framebuffer(33, 30, pixels, 40);
  const rect = { x: 5, y: 7, width: 11, height: 9 };
  for (const [name, format] of TRUE_COLOUR) {
    const expected = new Uint32Array(99);
    for (let i = 0; i < expected.length; i++) {
      const word = pixels[(7 + Math.floor(i / 11)) * 40 + 5 + i % 11]!;
      expected[i] = expectedValue(word, format);
    }
    assertEquals(translatorFor(format).values(frame, rect), expected, name);
    const out = new Uint32Array(120).fill(7);
    assertEquals(translatorFor(format).values(frame, rect, out), expected, name);
    assertEquals(out.subarray(0, 99), expected, name);
    assert(out.subarray(99).every((value) => value === 7), name);
  }
});

Deno.test("the native format's values are a copy, not the framebuffer's memory", () => {
  const frame = new Framebuffer(2, 1);
  const values = translatorFor(NATIVE_FORMAT).values(frame, frame.bounds);
  frame.pixels.fill(0xffffff);
  assertEquals(values, Uint32Array.of(0, 0));
});

Deno.test("a format object gets one translator", () => {
  const format = { ...NATIVE_FORMAT };
  assert(translatorFor(format) === translatorFor(format));
});

Deno.test("writes pixels in the format's byte order and size", () => {
  const values = [0x01020304, 0xa1a2a3a4];
  const littleEndian = { ...NATIVE_FORMAT };
  const bigEndian = { ...NATIVE_FORMAT, bigEndian: true };
  assertEquals(writtenHex(values, littleEndian), "04030201a4a3a2a1");
  assertEquals(writtenHex(values, bigEndian), "01020304a1a2a3a4");
  assertEquals(writtenHex(values, { ...littleEndian, bitsPerPixel: 16 }), "0403a4a3");
  assertEquals(writtenHex(values, { ...bigEndian, bitsPerPixel: 16 }), "0304a3a4");
  assertEquals(writtenHex(values, { ...littleEndian, bitsPerPixel: 8 }), "04a4");
  assertEquals(writtenHex(values, { ...bigEndian, bitsPerPixel: 8 }), "04a4");
});

Deno.test("writes compact pixels of three bytes where these hold all colours", () => {
  const values = [0x01020304];
  const written = (name: string) => writtenHex(values, PIXEL_FORMATS[name]!, true);
  assertEquals(written("native"), "040302");
  assertEquals(written("32 big-endian"), "020304");
  assertEquals(written("32 shifts 0 8 16"), "040302");
  assertEquals(written("32 shifts 8 16 24"), "030201");
  assertEquals(written("32 shifts 24 16 8 big-endian"), "010203");
});

Deno.test("writes compact pixels in full where three bytes don't do", () => {
  const values = [0x01020304];
  const written = (name: string) => writtenHex(values, PIXEL_FORMATS[name]!, true);
  assertEquals(written("32 depth 32"), "04030201");
  assertEquals(written("32 depth 30"), "04030201");
  assertEquals(written("32 shifts 0 12 24"), "04030201");
  assertEquals(written("32 colour map"), "01020304");
  assertEquals(written("16 565 big-endian"), "0304");
  assertEquals(written("8 332"), "04");
});

Deno.test("compact pixels are the lower three bytes where both the lower and the upper do", () => {
  const format: PixelFormat = { ...NATIVE_FORMAT, depth: 9, redMax: 7, greenMax: 7, blueMax: 7 };
  const middle = { ...format, redShift: 14, greenShift: 11, blueShift: 8 };
  assertEquals(writtenHex([0x00012300], middle, true), "002301");
});

Deno.test("a maximum that is no power of two counts with all bits below its highest", () => {
  // 4 is 100 in binary, but 3 (011) is a value too: bit 7 of the pixel is in use.
  const format: PixelFormat = { ...NATIVE_FORMAT, redShift: 24, greenMax: 4, greenShift: 6 };
  assertEquals(writtenHex([0x01020304], { ...format, blueShift: 16 }, true), "04030201");
});

Deno.test("puts single pixels and runs of pixels at an offset", () => {
  for (const [name, format] of Object.entries(PIXEL_FORMATS)) {
    for (const kind of ["pixel", "compactPixel"] as const) {
      const bytes = translatorFor(format)[kind];
      const values = Uint32Array.of(0x01020304, 0xfefdfcfb, 0x55aa5500);
      const single = new Uint8Array(20);
      let at = 3;
      for (const value of values) at = bytes.put(value, single, at);
      assertEquals(at, 3 + 3 * bytes.size, name);
      const all = new Uint8Array(20);
      assertEquals(bytes.putAll(values, all, 3), at, name);
      assertEquals(all, single, name);
      assertEquals(bytes.bytes(values), single.slice(3, at), name);
    }
  }
});

Deno.test("the colour map has 256 different colours, black and white exact", () => {
  assertEquals(COLOUR_MAP.length, 256);
  assertEquals(COLOUR_MAP[0], { red: 0, green: 0, blue: 0 });
  assertEquals(COLOUR_MAP[255], { red: 0xffff, green: 0xffff, blue: 0xffff });
  const colours = new Set(COLOUR_MAP.map(({ red, green, blue }) => `${red},${green},${blue}`));
  assertEquals(colours.size, 256);
});

Deno.test("in colour-map mode a pixel is the index of the nearest colour", () => {
  const distance = (index: number, word: number) => {
    const { red, green, blue } = COLOUR_MAP[index]!;
    return Math.abs(red / 257 - (word >> 16 & 255)) + Math.abs(green / 257 - (word >> 8 & 255)) +
      Math.abs(blue / 257 - (word & 255));
  };
  const frame = noise(20, 20);
  frame.pixels.set([0, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff]);
  for (const name of ["8 colour map", "32 colour map"]) {
    const values = translatorFor(PIXEL_FORMATS[name]!).values(frame, frame.bounds);
    for (let i = 0; i < values.length; i++) {
      const word = frame.pixels[i]!;
      const distances = COLOUR_MAP.map((_, index) => distance(index, word));
      assertEquals(distances[values[i]!], Math.min(...distances));
    }
  }
});
