import { assertEquals } from "@std/assert";
import type { Encoder } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../src/frame/pixel_format.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { translatorFor } from "../../src/frame/translator.ts";
import { decodeInto } from "../support/decode_rects.ts";
import { ENCODERS } from "../support/encoders.ts";
import { noise, type Picture, PICTURES, userInterface } from "../support/pictures.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";

/** Sizes around those of tiles and pieces, apart from each other, at odd places. */
const RECTS: readonly Rect[] = [
  { x: 272, y: 11, width: 1, height: 1 },
  { x: 269, y: 5, width: 1, height: 70 },
  { x: 181, y: 21, width: 70, height: 1 },
  { x: 160, y: 16, width: 16, height: 16 },
  { x: 141, y: 18, width: 17, height: 33 },
  { x: 71, y: 19, width: 65, height: 64 },
  { x: 5, y: 17, width: 63, height: 65 },
  { x: 1, y: 2, width: 255, height: 9 },
  { x: 3, y: 12, width: 256, height: 3 },
  { x: 263, y: 1, width: 3, height: 129 },
  { x: 101, y: 117, width: 129, height: 15 },
];
const WIDTH = 275;
const HEIGHT = 135;

/** The encodings that heed the compression level. */
const COMPRESSING: readonly number[] = [
  ENCODING.Zlib,
  ENCODING.Tight,
  ENCODING.TightPNG,
  ENCODING.ZRLE,
];

/** What a viewer's picture holds where nothing was drawn: no value of any format. */
const UNTOUCHED = 0xffffff01;

/** A picture whose rows are further apart than its width. */
function frameOf(picture: Picture): Framebuffer {
  const stride = WIDTH + 5;
  return new Framebuffer(WIDTH, HEIGHT, picture(stride, HEIGHT).pixels, stride);
}

/** Sends a viewer all the rectangles, and returns the picture that it has then. */
async function roundTrip(
  encoder: Encoder,
  frame: Framebuffer,
  format: PixelFormat,
  compressLevel?: number,
): Promise<Framebuffer> {
  const picture = new Framebuffer(frame.width, frame.height);
  picture.pixels.fill(UNTOUCHED);
  const rects = RECTS.flatMap((rect) => encoder.encode(frame, rect, format, { compressLevel }));
  await decodeInto(picture, rects, { format });
  return picture;
}

/** What the viewer must hold: the translated pixels in the rectangles, nothing else. */
function expectedPicture(frame: Framebuffer, format: PixelFormat): Framebuffer {
  const picture = new Framebuffer(frame.width, frame.height);
  picture.pixels.fill(UNTOUCHED);
  const translator = translatorFor(format);
  for (const rect of RECTS) {
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      for (let x = rect.x; x < rect.x + rect.width; x++) {
        const value = translator.value(frame.pixels[y * frame.stride + x]!);
        picture.pixels[y * picture.stride + x] = value;
      }
    }
  }
  return picture;
}

function assertSamePicture(actual: Framebuffer, expected: Framebuffer, what: string): void {
  const at = actual.pixels.findIndex((value, i) => value !== expected.pixels[i]);
  if (at < 0) return;
  const place = `${what}: pixel ${at % actual.width},${Math.floor(at / actual.width)}`;
  assertEquals(actual.pixels[at]!.toString(16), expected.pixels[at]!.toString(16), place);
}

for (const encoder of ENCODERS.values()) {
  for (const [name, picture] of Object.entries(PICTURES)) {
    Deno.test(`${encoder.name} shows ${name} exactly, in every format`, async () => {
      const frame = frameOf(picture);
      for (const [formatName, format] of Object.entries(PIXEL_FORMATS)) {
        const actual = await roundTrip(encoder, frame, format);
        assertSamePicture(actual, expectedPicture(frame, format), formatName);
      }
    });

    if (!COMPRESSING.includes(encoder.id)) continue;
    Deno.test(`${encoder.name} shows ${name} exactly, at every compression level`, async () => {
      const frame = frameOf(picture);
      const expected = expectedPicture(frame, NATIVE_FORMAT);
      for (let level = 0; level <= 9; level++) {
        const actual = await roundTrip(encoder, frame, NATIVE_FORMAT, level);
        assertSamePicture(actual, expected, `level ${level}`);
      }
    });
  }

  Deno.test(`${encoder.name} gives the same bytes for the same pixels, every time`, () => {
    const rect = RECTS[5]!;
    const encode = (picture: Picture) => encoder.encode(frameOf(picture), rect, NATIVE_FORMAT, {});
    const first = encode(userInterface);
    encode(noise);
    assertEquals(encode(userInterface), first);
  });
}
