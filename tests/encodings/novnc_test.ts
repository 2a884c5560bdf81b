import { assert, assertEquals } from "@std/assert";
import { encodeCopyRect } from "../../src/encodings/copy_rect.ts";
import type { EncodedRect, EncodeSettings, Subsampling } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { ZlibStreams } from "../../src/encodings/zlib_streams.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { framebufferUpdate, rectangle } from "../../src/rfb/server_messages.ts";
import { concat } from "../support/bytes.ts";
import { draw } from "../support/drawing.ts";
import { ENCODERS } from "../support/encoders.ts";
import { inGray, type Picture as Shot } from "../support/jpeg.ts";
import { NoVnc, NOVNC_FORMAT } from "../support/novnc/novnc.ts";
import { photo, type Picture, PICTURES, text, userInterface } from "../support/pictures.ts";
import { psnr } from "../support/psnr.ts";

// What the encoders make, decoded by noVNC instead of the tests' own decoders.

/** The encodings that noVNC has. */
const DECODED: readonly number[] = [
  ENCODING.Raw,
  ENCODING.RRE,
  ENCODING.Hextile,
  ENCODING.Zlib,
  ENCODING.Tight,
  ENCODING.TightPNG,
  ENCODING.ZRLE,
  ENCODING.JPEG,
];

/** Those of them that heed the compression level. */
const COMPRESSING: readonly number[] = [
  ENCODING.Zlib,
  ENCODING.Tight,
  ENCODING.TightPNG,
  ENCODING.ZRLE,
];

/** Those of them that hold JPEG when a quality is asked for. */
const LOSSY = [ENCODING.Tight, ENCODING.TightPNG, ENCODING.JPEG];

/** Sizes around those of tiles and of what is compressed at all, apart from each other. */
const RECTS: readonly Rect[] = [
  { x: 272, y: 11, width: 1, height: 1 },
  { x: 269, y: 5, width: 1, height: 70 },
  { x: 181, y: 1, width: 70, height: 1 },
  { x: 181, y: 4, width: 3, height: 1 },
  { x: 141, y: 18, width: 17, height: 33 },
  { x: 5, y: 17, width: 133, height: 65 },
  { x: 1, y: 2, width: 175, height: 9 },
  { x: 3, y: 90, width: 129, height: 130 },
];
const WIDTH = 275;
const HEIGHT = 223;

/** A FramebufferUpdate with rectangles as they go to a viewer. */
function update(rects: readonly EncodedRect[], streams: ZlibStreams): Uint8Array {
  return concat(
    framebufferUpdate(rects.length),
    ...rects.flatMap((encoded) => [
      rectangle(encoded.rect, encoded.encoding),
      ...streams.chunks(encoded),
    ]),
  );
}

/** A picture and its negative: drawn by turns, so that what is drawn differs from what was there. */
function framesOf(picture: Picture): [positive: Framebuffer, negative: Framebuffer] {
  const frame = picture(WIDTH, HEIGHT);
  return [frame, new Framebuffer(WIDTH, HEIGHT, frame.pixels.map((rgb) => rgb ^ 0xffffff))];
}

/** noVNC and what it is sent, through one connection. */
class Line {
  readonly #viewer = new NoVnc();
  readonly #streams = new ZlibStreams();

  constructor() {
    this.#viewer.enter(WIDTH, HEIGHT);
  }

  /** Sends all of {@linkcode RECTS}, and returns what noVNC shows then. */
  show(frame: Framebuffer, encoding: number, settings: EncodeSettings): Shown {
    const encoder = ENCODERS.get(encoding)!;
    const rects = RECTS.flatMap((rect) =>
      // What JPEG can't hold goes in the encoding after it in noVNC's own list.
      encoder.encode(frame, rect, NOVNC_FORMAT, { exactEncoding: ENCODING.Hextile, ...settings })
    );
    return this.send(rects);
  }

  send(rects: readonly EncodedRect[]): Shown {
    this.#viewer.receive(update(rects, this.#streams));
    return { rects, picture: this.#viewer.picture };
  }
}

interface Shown {
  readonly rects: readonly EncodedRect[];
  readonly picture: Shot;
}

/** Fails unless the rectangles hold the frame's pixels and nothing else has been drawn. */
function assertExact(picture: Shot, frame: Framebuffer, what: string): void {
  const expected = new Framebuffer(WIDTH, HEIGHT);
  for (const rect of RECTS) draw(frame, rect, expected, rect);
  const at = picture.pixels.findIndex((rgb, i) => rgb !== expected.pixels[i]);
  if (at < 0) return;
  const place = `${what}: pixel ${at % WIDTH},${Math.floor(at / WIDTH)}`;
  assertEquals(picture.pixels[at]!.toString(16), expected.pixels[at]!.toString(16), place);
}

for (const encoding of DECODED) {
  const { name } = ENCODERS.get(encoding)!;
  for (const [content, picture] of Object.entries(PICTURES)) {
    Deno.test(`noVNC shows ${content} in ${name} exactly, at every compression level`, () => {
      const line = new Line();
      const frames = framesOf(picture);
      const levels = COMPRESSING.includes(encoding) ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] : [0];
      for (const compressLevel of [undefined, ...levels]) {
        const frame = frames[compressLevel === undefined ? 1 : compressLevel % 2]!;
        const { rects, picture: shown } = line.show(frame, encoding, { compressLevel });
        assert(rects.every(({ lossy }) => !lossy));
        assertExact(shown, frame, `level ${compressLevel}`);
      }
    });
  }
}

Deno.test("noVNC copies from within its picture, over what is copied too", () => {
  const line = new Line();
  const rect = RECTS.at(-1)!;
  const frame = photo(WIDTH, HEIGHT);
  line.show(frame, ENCODING.Raw, {});
  const move = { to: { ...rect, x: rect.x + 5, y: rect.y - 2 }, dx: 5, dy: -2 };
  const copied = { rect: move.to, encoding: ENCODING.CopyRect, head: encodeCopyRect(move) };
  const shown = new Framebuffer(WIDTH, HEIGHT, line.send([copied]).picture.pixels);
  assertEquals(shown.part(move.to).pixels, frame.part(rect).pixels);
});

/** Qualities, how alike photos have to be then, in decibels, and the colours that they keep. */
const JPEGS: readonly [quality: number, least: number, subsampling?: Subsampling][] = [
  [1, 20],
  [1, 20, "gray"],
  [30, 28],
  [80, 32],
  [80, 32, "1X"],
  [80, 32, "2X"],
  [80, 32, "4X"],
  [80, 32, "8X"],
  [80, 32, "16X"],
  [80, 32, "gray"],
  [100, 40],
  [100, 40, "4X"],
];

/**
 * Fails unless what was sent lossy is like the frame, and all else is the frame.
 * @param seen What becomes of colours beforehand where they are sent lossy.
 */
function assertAlike(
  { rects, picture }: Shown,
  frame: Framebuffer,
  least: number,
  what: string,
  seen = (pixels: Uint32Array) => pixels,
): void {
  const shown = new Framebuffer(WIDTH, HEIGHT, picture.pixels);
  const exact = new Framebuffer(WIDTH, HEIGHT, picture.pixels.slice());
  for (const { rect } of rects.filter(({ lossy }) => lossy)) {
    const decibels = psnr(shown.part(rect).pixels, seen(frame.part(rect).pixels));
    assert(decibels >= least, `${what}: ${decibels} dB`);
    draw(frame, rect, exact, rect);
  }
  assertExact(exact, frame, what);
}

for (const encoding of LOSSY) {
  const { name } = ENCODERS.get(encoding)!;
  Deno.test(`noVNC shows photos in ${name} alike with JPEG, and then exactly`, () => {
    const line = new Line();
    const frame = photo(WIDTH, HEIGHT);
    for (const [quality, least, subsampling] of JPEGS) {
      const what = `quality ${quality}, subsampling ${subsampling}`;
      const shown = line.show(frame, encoding, { quality, subsampling });
      assert(shown.rects.some(({ lossy }) => lossy), "nothing is lossy");
      assertAlike(shown, frame, least, what, subsampling === "gray" ? inGray : undefined);
      assertExact(line.show(frame, encoding, {}).picture, frame, `${what}, again`);
    }
  });

  for (const [content, picture] of Object.entries({ text, userInterface })) {
    Deno.test(`noVNC shows ${content} in ${name} exactly at any quality`, () => {
      const line = new Line();
      for (const [n, frame] of framesOf(picture).entries()) {
        const quality = [1, 100][n]!;
        const shown = line.show(frame, encoding, { quality });
        assert(shown.rects.every(({ lossy }) => !lossy), "text is never sent as JPEG");
        assertExact(shown.picture, frame, `quality ${quality}`);
      }
    });
  }
}
