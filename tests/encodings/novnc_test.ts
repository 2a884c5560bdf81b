import { assert, assertEquals } from "@std/assert";
import type { EncodedRect, EncodeSettings } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { ZlibStreams } from "../../src/encodings/zlib_stream.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import type { Rect } from "../../src/frame/rect.ts";
import type { Picture as Shot } from "../support/jpeg.ts";
import { framebufferUpdate, rectangle } from "../../src/rfb/server_messages.ts";
import { ENCODERS } from "../support/encoders.ts";
import { NoVnc, NOVNC_FORMAT } from "../support/novnc/novnc.ts";
import { type Picture, PICTURES } from "../support/pictures.ts";
import { psnr } from "../support/psnr.ts";

// What the encoders make, decoded by noVNC instead of the tests' own decoders.

/** The encodings that noVNC has. */
const DECODED: readonly number[] = [
  ENCODING.Raw,
  ENCODING.RRE,
  ENCODING.Hextile,
  ENCODING.Zlib,
  ENCODING.ZRLE,
];

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

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** A FramebufferUpdate with rectangles as they go to a viewer. */
function update(rects: readonly EncodedRect[], streams: ZlibStreams): Uint8Array {
  return concat([
    framebufferUpdate(rects.length),
    ...rects.flatMap((encoded) => [
      rectangle(encoded.rect, encoded.encoding),
      ...streams.chunks(encoded),
    ]),
  ]);
}

/** A picture, or its negative, so that what is drawn differs from what was there. */
function frameOf(picture: Picture, negative: boolean): Framebuffer {
  const frame = picture(WIDTH, HEIGHT);
  if (negative) frame.pixels.forEach((rgb, i) => frame.pixels[i] = rgb ^ 0xffffff);
  return frame;
}

function pixelsOf({ pixels, stride }: Framebuffer, rect: Rect): Uint32Array {
  const rows = Array.from({ length: rect.height }, (_, row) => {
    const start = (rect.y + row) * stride + rect.x;
    return [...pixels.subarray(start, start + rect.width)];
  });
  return Uint32Array.from(rows.flat());
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
    const rects = RECTS.flatMap((rect) => encoder.encode(frame, rect, NOVNC_FORMAT, settings));
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
  for (const rect of RECTS) {
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      const [start, end] = [y * WIDTH + rect.x, y * WIDTH + rect.x + rect.width];
      expected.pixels.set(frame.pixels.subarray(start, end), start);
    }
  }
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
      for (const compressLevel of [undefined, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
        const frame = frameOf(picture, (compressLevel ?? 1) % 2 === 0);
        const { rects, picture: shown } = line.show(frame, encoding, { compressLevel });
        assert(rects.every(({ lossy }) => !lossy));
        assertExact(shown, frame, `level ${compressLevel}`);
      }
    });
  }
}
