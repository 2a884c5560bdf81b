import { assert, assertEquals, assertRejects } from "@std/assert";
import type { EncodedRect, EncodeSettings } from "../../../src/encodings/encoding.ts";
import { ENCODING } from "../../../src/encodings/ids.ts";
import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../../src/frame/pixel_format.ts";
import { contains, type Rect } from "../../../src/frame/rect.ts";
import { translatorFor } from "../../../src/frame/translator.ts";
import { decodeAll } from "../../support/decode_rects.ts";
import { DecodeError } from "../../support/decoders/decoder.ts";
import { draw } from "../../support/drawing.ts";
import { ENCODERS } from "../../support/encoders.ts";
import { noise, photo, text } from "../../support/pictures.ts";
import { PIXEL_FORMATS } from "../../support/pixel_formats.ts";
import { psnr } from "../../support/psnr.ts";

const jpeg = ENCODERS.get(ENCODING.JPEG)!;

/** A photo-like picture: a smooth one with grain. */
function grainy(width: number, height: number): Framebuffer {
  const frame = photo(width, height);
  const grain = noise(width, height).pixels;
  frame.pixels.forEach((word, i) => frame.pixels[i] = (word & 0xf8f8f8) + (grain[i]! & 0x070707));
  return frame;
}

/** Text with a photo in the middle of it. */
const PHOTO: Rect = { x: 64, y: 32, width: 128, height: 96 };
function mixed(): Framebuffer {
  const frame = text(300, 200);
  const image = grainy(PHOTO.width, PHOTO.height);
  draw(image, image.bounds, frame, PHOTO);
  return frame;
}

const encode = (
  frame: Framebuffer,
  settings: EncodeSettings,
  format = NATIVE_FORMAT,
  rect = frame.bounds,
) => jpeg.encode(frame, rect, format, settings);

/** What a viewer shows, in pixel values of its format. */
async function shown(
  rects: readonly EncodedRect[],
  frame: Framebuffer,
  format: PixelFormat = NATIVE_FORMAT,
): Promise<Uint32Array> {
  return (await decodeAll(rects, frame, { format })).pixels;
}

Deno.test("JPEG: a photo is one file, and as like as the quality says", async () => {
  const frame = grainy(256, 192);
  for (const [quality, least] of [[20, 32], [50, 36], [90, 37]] as const) {
    const rects = encode(frame, { quality });
    assertEquals(rects.map(({ rect, encoding, lossy }) => ({ rect, encoding, lossy })), [
      { rect: frame.bounds, encoding: 21, lossy: true },
    ]);
    const likeness = psnr(await shown(rects, frame), frame.pixels);
    assert(likeness > least, `quality ${quality}: ${likeness}`);
  }
});

Deno.test("JPEG: text is exact, in the encoding that the viewer has beside it", async () => {
  const frame = mixed();
  for (const exactEncoding of [undefined, 5, 16]) {
    const rects = encode(frame, { quality: 80, exactEncoding });
    const lossy = rects.filter((rect) => rect.lossy);
    assert(lossy.length > 0);
    for (const { rect, encoding } of rects) {
      assertEquals(encoding, lossy.some((other) => other.rect === rect) ? 21 : exactEncoding ?? 0);
    }
    for (const { rect } of lossy) assert(contains(PHOTO, rect), JSON.stringify(rect));
    const actual = await shown(rects, frame);
    assert(psnr(actual, frame.pixels) > 40);
    const differs = (_: number, i: number) => {
      const [x, y] = [i % frame.width, Math.floor(i / frame.width)];
      return !contains(PHOTO, { x, y, width: 1, height: 1 }) && actual[i] !== frame.pixels[i];
    };
    assertEquals(frame.pixels.findIndex(differs), -1);
  }
});

Deno.test("JPEG: a part of a picture goes where it belongs", async () => {
  const frame = mixed();
  const rect = { x: 37, y: 21, width: 150, height: 99 };
  const actual = await shown(encode(frame, { quality: 95 }, NATIVE_FORMAT, rect), frame);
  const inside = (_: number, i: number) =>
    contains(rect, { x: i % frame.width, y: Math.floor(i / frame.width), width: 1, height: 1 });
  assert(psnr(actual.filter(inside), frame.pixels.filter(inside)) > 40);
  assertEquals(actual.findIndex((value, i) => value !== 0 && !inside(value, i)), -1);
});

Deno.test("JPEG: without a quality, and where JPEG may not be, all is exact", async () => {
  const frame = mixed();
  for (const [name, format] of Object.entries(PIXEL_FORMATS)) {
    const expected = translatorFor(format).values(frame, frame.bounds);
    const mayBe = format.trueColour && format.bitsPerPixel > 8;
    for (const quality of mayBe ? [undefined] : [undefined, 50]) {
      const rects = encode(frame, { quality, exactEncoding: 6 }, format);
      assertEquals(rects.map(({ encoding, lossy }) => [encoding, lossy]), [[6, undefined]], name);
      assertEquals(await shown(rects, frame, format), expected, name);
    }
  }
});

Deno.test("JPEG: colours are right in formats of 16 bits", async () => {
  const format = PIXEL_FORMATS["16 565"]!;
  const frame = grainy(128, 128);
  const actual = await shown(
    encode(frame, { quality: 95, subsampling: "1X" }, format),
    frame,
    format,
  );
  const colours = (values: Uint32Array) =>
    values.map((value) => (value & 0xf800) << 8 | (value & 0x07e0) << 5 | (value & 0x1f) << 3);
  const expected = translatorFor(format).values(frame, frame.bounds);
  assert(psnr(colours(actual), colours(expected)) > 32);
});

Deno.test("the JPEG decoder refuses a file that ends early, or of another size", async () => {
  const frame = grainy(64, 64);
  const [encoded] = encode(frame, { quality: 50 });
  const decode = (head: Uint8Array, rect = encoded!.rect) =>
    shown([{ ...encoded!, head, rect }], frame);
  await decode(encoded!.head);
  await assertRejects(() => decode(encoded!.head.subarray(0, -2)), DecodeError);
  await assertRejects(() => decode(encoded!.head.subarray(1)), DecodeError);
  const narrow = { ...encoded!.rect, width: 63 };
  await assertRejects(() => decode(encoded!.head, narrow), DecodeError);
});
