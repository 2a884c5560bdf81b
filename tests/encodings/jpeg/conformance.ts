import { assert, assertEquals } from "@std/assert";
import type { Subsampling } from "../../../src/encodings/encoding.ts";
import type { JpegCodec } from "../../../src/encodings/jpeg/codec.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { decodeJpeg, inGray } from "../../support/jpeg.ts";
import { noise, photo } from "../../support/pictures.ts";
import { psnr } from "../../support/psnr.ts";

const SIZES: readonly (readonly [width: number, height: number])[] = [
  ...[[1, 1], [2, 3], [1, 100], [100, 1], [8, 8], [15, 17]] as const,
  ...[[16, 16], [33, 31], [64, 64], [127, 65]] as const,
];

/** How alike a photo is at least, in decibels. */
const LIKENESS: readonly [quality: number, subsampling: Subsampling, least: number][] = [
  [1, "4X", 18],
  [20, "4X", 33],
  [50, "4X", 39],
  [80, "4X", 43],
  [100, "4X", 46],
  [80, "2X", 43],
  [80, "1X", 43],
  [100, "1X", 48],
  [80, "8X", 43],
  [80, "16X", 43],
];

/** Colour samples of each component, across and down, in the blocks that a JPEG is made of. */
const SAMPLES: Readonly<Record<Subsampling, string>> = {
  "1X": "1x1 1x1 1x1",
  "2X": "2x1 1x1 1x1",
  "4X": "2x2 1x1 1x1",
  "8X": "2x2 1x1 1x1",
  "16X": "2x2 1x1 1x1",
  gray: "1x1",
};

/**
 * Registers the tests that every JPEG codec must pass.
 * @param name The codec, as the tests' names begin.
 */
export function testJpegCodec(name: string, codec: JpegCodec): void {
  const test = (promise: string, body: () => void): void => Deno.test(`${name}: ${promise}`, body);

  test("a picture of any size has that size, and is like what was encoded", () => {
    for (const [width, height] of SIZES) {
      const rect = { x: 3, y: 5, width, height };
      const frame = wider(photo(width + 11, height + 9));
      for (const subsampling of ["1X", "2X", "4X", "gray"] as const) {
        const picture = decodeJpeg(codec.encode(frame, rect, 90, subsampling));
        assertEquals([picture.width, picture.height], [width, height]);
        const { pixels } = frame.part(rect);
        const expected = subsampling === "gray" ? inGray(pixels) : pixels;
        const likeness = psnr(picture.pixels, expected);
        assert(likeness > 40, `${width}x${height} ${subsampling}: ${likeness}`);
      }
    }
  });

  test("the quality and the subsampling decide how alike a photo is", () => {
    const frame = photo(300, 200);
    for (const [quality, subsampling, least] of LIKENESS) {
      const bytes = codec.encode(frame, frame.bounds, quality, subsampling);
      const likeness = psnr(decodeJpeg(bytes).pixels, frame.pixels);
      assert(likeness > least, `quality ${quality}, ${subsampling}: ${likeness}`);
    }
  });

  test("better quality takes more bytes", () => {
    const frame = photo(300, 200);
    const sizes = [1, 20, 50, 80, 100].map((quality) =>
      codec.encode(frame, frame.bounds, quality, "4X").length
    );
    assertEquals(sizes, sizes.toSorted((a, b) => a - b));
    assert(sizes[0]! * 10 < sizes[4]!, sizes.join());
  });

  test("the colours are subsampled as asked, as far as it can", () => {
    const frame = photo(40, 40);
    for (const [subsampling, samples] of Object.entries(SAMPLES)) {
      const bytes = codec.encode(frame, frame.bounds, 80, subsampling as Subsampling);
      assertEquals(samplesOf(bytes), samples, subsampling);
    }
  });

  test("noise, which JPEG makes larger, has room", () => {
    const photograph = photo(64, 64);
    const encode = () => codec.encode(photograph, photograph.bounds, 80, "4X");
    const before = encode();
    for (const [width, height] of SIZES) {
      for (const frame of [noise(width, height), checks(width, height)]) {
        const picture = decodeJpeg(codec.encode(frame, frame.bounds, 100, "1X"));
        const likeness = psnr(picture.pixels, frame.pixels);
        assert(likeness > 30, `${width}x${height}: ${likeness}`);
      }
    }
    assertEquals(encode(), before);
  });

  test("the unused byte of a pixel means nothing", () => {
    const frame = photo(50, 40);
    const expected = codec.encode(frame, frame.bounds, 80, "4X");
    const dirty = new Framebuffer(50, 40, frame.pixels.map((word) => word | 0xab000000));
    assertEquals(codec.encode(dirty, dirty.bounds, 80, "4X"), expected);
  });

  test("shared memory will do", () => {
    const frame = photo(50, 40);
    const pixels = new Uint32Array(new SharedArrayBuffer(frame.pixels.byteLength));
    pixels.set(frame.pixels);
    const shared = new Framebuffer(50, 40, pixels);
    const encode = (frame: Framebuffer) => codec.encode(frame, frame.bounds, 80, "4X");
    assertEquals(encode(shared), encode(frame));
  });

  test("a result stays as it is when the next one is made", () => {
    const frame = photo(50, 40);
    const first = codec.encode(frame, frame.bounds, 80, "4X");
    const copy = first.slice();
    codec.encode(noise(90, 90), { x: 0, y: 0, width: 90, height: 90 }, 80, "4X");
    assertEquals(first, copy);
    assertEquals(codec.encode(frame, frame.bounds, 80, "4X"), copy);
  });
}

/** The same picture with its rows further apart. */
function wider(frame: Framebuffer): Framebuffer {
  const stride = frame.width + 7;
  const pixels = new Uint32Array(stride * frame.height).fill(0xff00ff);
  for (let y = 0; y < frame.height; y++) {
    pixels.set(frame.pixels.subarray(y * frame.stride, y * frame.stride + frame.width), y * stride);
  }
  return new Framebuffer(frame.width, frame.height, pixels, stride);
}

/** Black and white by turns: the most that a block of 8x8 samples can need. */
function checks(width: number, height: number): Framebuffer {
  const frame = new Framebuffer(width, height);
  frame.pixels.forEach((_, i) => frame.pixels[i] = (i + Math.floor(i / width)) % 2 * 0xffffff);
  return frame;
}

/** The sampling factors in a JPEG's frame header (SOF0: baseline). */
function samplesOf(bytes: Uint8Array): string {
  for (let at = 2; bytes[at] === 0xff; at += 2 + bytes[at + 2]! * 256 + bytes[at + 3]!) {
    if (bytes[at + 1] !== 0xc0) continue;
    const components = Array.from({ length: bytes[at + 9]! }, (_, n) => bytes[at + 11 + 3 * n]!);
    return components.map((factors) => `${factors >> 4}x${factors & 15}`).join(" ");
  }
  throw new Error("a JPEG without a baseline frame header");
}
