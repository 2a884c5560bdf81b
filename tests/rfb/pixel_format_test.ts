import { assertEquals, assertThrows } from "@std/assert";
import { NATIVE_FORMAT, type PixelFormat } from "../../src/frame/pixel_format.ts";
import { ByteWriter } from "../../src/rfb/byte_writer.ts";
import { ProtocolError } from "../../src/rfb/errors.ts";
import {
  appendPixelFormat,
  parsePixelFormat,
  PIXEL_FORMAT_LENGTH,
} from "../../src/rfb/pixel_format.ts";

function bytesOf(format: PixelFormat): DataView {
  const out = new ByteWriter();
  appendPixelFormat(out, format);
  const bytes = out.finish();
  assertEquals(bytes.length, PIXEL_FORMAT_LENGTH);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Any values, valid or not. */
const changed = (change: object) => ({ ...NATIVE_FORMAT, ...change }) as PixelFormat;

const VALID: readonly (readonly [string, PixelFormat])[] = [
  ["native", NATIVE_FORMAT],
  [
    "big-endian with shifts 24, 16, 8",
    changed({ bigEndian: true, redShift: 24, greenShift: 16, blueShift: 8 }),
  ],
  ["BGR", changed({ redShift: 0, blueShift: 16 })],
  ["depth 32", changed({ depth: 32 })],
  [
    "10 bits a colour",
    changed({
      depth: 30,
      redMax: 1023,
      greenMax: 1023,
      blueMax: 1023,
      redShift: 20,
      greenShift: 10,
    }),
  ],
  [
    "565",
    changed({
      bitsPerPixel: 16,
      depth: 16,
      redMax: 31,
      greenMax: 63,
      blueMax: 31,
      redShift: 11,
      greenShift: 5,
    }),
  ],
  [
    "332",
    changed({
      bitsPerPixel: 8,
      depth: 8,
      redMax: 7,
      greenMax: 7,
      blueMax: 3,
      redShift: 0,
      greenShift: 3,
      blueShift: 6,
    }),
  ],
  [
    "64 colours",
    changed({
      bitsPerPixel: 8,
      depth: 6,
      redMax: 3,
      greenMax: 3,
      blueMax: 3,
      redShift: 4,
      greenShift: 2,
    }),
  ],
  [
    "8 colours",
    changed({
      bitsPerPixel: 8,
      depth: 3,
      redMax: 1,
      greenMax: 1,
      blueMax: 1,
      redShift: 2,
      greenShift: 1,
    }),
  ],
  [
    "a colour map, whatever the rest says",
    changed({ bitsPerPixel: 8, depth: 8, trueColour: false, redMax: 0, greenMax: 0, redShift: 99 }),
  ],
  [
    "a 16-bit colour",
    changed({ depth: 18, redMax: 65535, redShift: 2, greenMax: 1, greenShift: 1, blueMax: 1 }),
  ],
];

for (const [name, format] of VALID) {
  Deno.test(`pixel format ${name} is read as it was written`, () => {
    assertEquals(parsePixelFormat(bytesOf(format), 0), format);
  });
}

for (
  const [name, format] of [
    ["0 bits per pixel", changed({ bitsPerPixel: 0 })],
    ["24 bits per pixel", changed({ bitsPerPixel: 24 })],
    ["64 bits per pixel", changed({ bitsPerPixel: 64 })],
    ["depth 0", changed({ depth: 0 })],
    ["more depth than bits", changed({ depth: 33 })],
    ["a maximum of 0", changed({ greenMax: 0 })],
    ["a shift out of the pixel", changed({ redShift: 25 })],
    ["a shift of 255", changed({ redShift: 255 })],
    ["a maximum that the pixel can't hold", changed({ bitsPerPixel: 8, depth: 8 })],
    ["colours that overlap", changed({ blueShift: 7 })],
  ] as const
) {
  Deno.test(`a pixel format with ${name} is refused`, () => {
    assertThrows(() => parsePixelFormat(bytesOf(format), 0), ProtocolError);
  });
}
