import { assert, assertEquals } from "@std/assert";
import type { EncodedRect, EncodeSettings, Subsampling } from "../../../src/encodings/encoding.ts";
import { openWasmJpeg } from "../../../src/encodings/jpeg/wasm.ts";
import { createTight, createTightPng } from "../../../src/encodings/tight/tight.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../../src/frame/pixel_format.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { decodeAll } from "../../support/decode_rects.ts";
import { draw } from "../../support/drawing.ts";
import { noise, photo, smoothText, text, userInterface } from "../../support/pictures.ts";
import { PIXEL_FORMATS } from "../../support/pixel_formats.ts";
import { psnr } from "../../support/psnr.ts";

const codec = await openWasmJpeg();
const ENCODERS = [createTight(codec), createTightPng(codec)];

const JPEG = 9;

/** What a rectangle is compressed with: the upper half of its first byte. */
const compression = ({ head }: EncodedRect) => head[0]! >> 4;

/** A picture with a photo in it. */
function withPhoto(frame: Framebuffer, place: Rect): Framebuffer {
  const image = photo(place.width, place.height);
  draw(image, image.bounds, frame, place);
  return frame;
}

const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

for (const encoder of ENCODERS) {
  for (const [name, picture] of Object.entries({ text, smoothText, userInterface })) {
    Deno.test(`${encoder.name}: ${name} is exact in any quality`, async () => {
      const frame = picture(512, 256);
      const rects = encoder.encode(frame, frame.bounds, NATIVE_FORMAT, { quality: 1 });
      assert(rects.every(({ lossy }) => lossy !== true));
      assertEquals((await decodeAll(rects, frame)).pixels, frame.pixels);
    });

    Deno.test(`${encoder.name}: ${name} beside a photo is exact, and the photo a JPEG`, async () => {
      const place = { x: 101, y: 37, width: 207, height: 150 };
      const frame = withPhoto(picture(512, 256), place);
      const rects = encoder.encode(frame, frame.bounds, NATIVE_FORMAT, { quality: 80 });
      const seen = await decodeAll(rects, frame);
      let lossyPixels = 0;
      for (const encoded of rects) {
        const { rect, lossy } = encoded;
        assertEquals(lossy === true, compression(encoded) === JPEG);
        if (lossy) lossyPixels += rect.width * rect.height;
        else assertEquals(seen.part(rect).pixels, frame.part(rect).pixels);
        if (!overlap(rect, place)) assert(!lossy);
      }
      assert(lossyPixels > 0.7 * place.width * place.height);
      assert(lossyPixels <= place.width * place.height);
      assert(psnr(seen.part(place).pixels, frame.part(place).pixels) > 36);
    });
  }

  Deno.test(`${encoder.name}: a photo is a JPEG as good as asked for, and exact if nothing is`, async () => {
    const frame = photo(300, 200);
    for (const [quality, least] of [[undefined, Infinity], [95, 45], [50, 38], [5, 22]] as const) {
      const rects = encoder.encode(frame, frame.bounds, NATIVE_FORMAT, { quality });
      assert(psnr((await decodeAll(rects, frame)).pixels, frame.pixels) >= least, `${quality}`);
      assertEquals(rects.some((encoded) => compression(encoded) === JPEG), quality !== undefined);
    }
  });

  Deno.test(`${encoder.name}: no JPEG in 8 bits a pixel or with a colour map`, () => {
    const frame = noise(100, 100);
    const isJpeg = (format: PixelFormat) =>
      encoder.encode(frame, frame.bounds, format, { quality: 80 }).some(({ lossy }) => lossy);
    const names = Object.keys(PIXEL_FORMATS).filter((name) => !isJpeg(PIXEL_FORMATS[name]!));
    assertEquals(names, ["8 332", "8 222", "8 colour map", "32 colour map"]);
  });

  Deno.test(`${encoder.name}: no JPEG for what is small or thin`, () => {
    const frame = noise(1200, 300);
    for (
      const [width, height] of [[1, 1], [16, 16], [31, 31], [1200, 1], [1, 300], [1200, 7]] as const
    ) {
      const rect = { x: 0, y: 0, width, height };
      const rects = encoder.encode(frame, rect, NATIVE_FORMAT, { quality: 80 });
      assert(rects.every(({ lossy }) => lossy !== true), `${width}x${height}`);
    }
  });

  Deno.test(`${encoder.name}: pieces cover the rectangle once, and none is too wide`, () => {
    const frame = withPhoto(userInterface(2100, 300), { x: 1900, y: 20, width: 190, height: 270 });
    const rect = { x: 3, y: 5, width: 2090, height: 290 };
    for (const settings of [{}, { quality: 50 }]) {
      const times = new Uint8Array(frame.pixels.length);
      for (const { rect: piece } of encoder.encode(frame, rect, NATIVE_FORMAT, settings)) {
        assert(piece.width <= 2048);
        for (let y = piece.y; y < piece.y + piece.height; y++) {
          for (let x = piece.x; x < piece.x + piece.width; x++) times[y * frame.width + x]!++;
        }
      }
      const inside = new Framebuffer(frame.width, frame.height, Uint32Array.from(times));
      assert(inside.part(rect).pixels.every((n) => n === 1));
      assertEquals(times.reduce((sum, n) => sum + n, 0), rect.width * rect.height);
    }
  });

  Deno.test(`${encoder.name}: large even areas are fills`, () => {
    const frame = userInterface(512, 256);
    for (let y = 64; y < 192; y++) frame.pixels.fill(0x123456, y * 512 + 128, y * 512 + 400);
    const rects = encoder.encode(frame, frame.bounds, NATIVE_FORMAT, {});
    const fill = rects.find(({ head }) => head.toHex() === "80123456")!;
    assert(fill.rect.width >= 256 && fill.rect.height >= 112);
  });

  Deno.test(`${encoder.name}: a later change of the frame changes nothing`, async () => {
    const frame = userInterface(200, 100);
    const before = frame.pixels.slice();
    const rects = encoder.encode(frame, frame.bounds, NATIVE_FORMAT, {});
    frame.pixels.set(noise(200, 100).pixels);
    assertEquals((await decodeAll(rects, frame)).pixels, before);
  });
}

Deno.test("the colours that a JPEG keeps are those asked for, or what fits the quality", () => {
  const asked: Subsampling[] = [];
  const tight = createTight({
    name: "recorder",
    encode: (_frame, _rect, _quality, subsampling) => {
      asked.push(subsampling);
      return new Uint8Array(5);
    },
  });
  const frame = photo(64, 64);
  const settings: EncodeSettings[] = [
    ...[1, 50, 94, 95, 100].map((quality) => ({ quality })),
    { quality: 100, subsampling: "gray" },
    { quality: 1, subsampling: "1X" },
  ];
  for (const each of settings) tight.encode(frame, frame.bounds, NATIVE_FORMAT, each);
  assertEquals(asked, ["4X", "4X", "4X", "1X", "1X", "gray", "1X"]);
});

Deno.test("uncompressed data is cut into pieces that every viewer has room for", () => {
  const frame = noise(512, 256);
  const settings = { withoutZlib: true, compressLevel: 0 };
  const [tight] = ENCODERS;
  for (const format of [NATIVE_FORMAT, PIXEL_FORMATS["32 depth 32"]!]) {
    const rects = tight!.encode(frame, frame.bounds, format, settings);
    assert(rects.every(({ head, deflated }) => head.length < 300 * 1024 && deflated === undefined));
    assertEquals(rects.reduce((sum, { rect }) => sum + rect.height, 0), 256);
  }
});
