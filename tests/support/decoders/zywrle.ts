import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { CompactPixels } from "./compact_pixels.ts";
import {
  type ByteSource,
  BytesSource,
  type Decoder,
  draw,
  need,
  readU8,
  tilesOf,
} from "./decoder.ts";
import type { Inflater } from "./inflater.ts";
import { decodeTile, readPalette } from "./trle.ts";

/**
 * ZYWRLE from a viewer's side. It is stricter than viewers: what they don't agree about is an error.
 */
export class ZYWRLEDecoder implements Decoder {
  readonly id = 17;
  readonly name = "ZYWRLE";
  readonly #inflater: Inflater;
  readonly #level: number | undefined;

  /**
   * @param inflater ZRLE's: both share one stream.
   * @param level The transform's levels; undefined where viewers differ, so that no tile may be raw.
   */
  constructor(inflater: Inflater, level: number | undefined) {
    this.#inflater = inflater;
    this.#level = level;
  }

  async decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    const bytes = new BytesSource(await this.#inflater.read(source));
    const pixels = new CompactPixels(bytes, format);
    const readTile = async (tile: Rect, subencoding: number) => {
      const palette = await readPalette(pixels, subencoding);
      return await decodeTile(bytes, pixels, tile, subencoding, palette);
    };
    for (const tile of tilesOf(rect, 64)) {
      const subencoding = await readU8(bytes);
      if (subencoding > 0) {
        draw(picture, tile, await readTile(tile, subencoding));
        continue;
      }
      const level = this.#level;
      need(level !== undefined, "ZYWRLE: a raw tile though the transform's level isn't known");
      const sent = await readTile(tile, await readU8(bytes));
      draw(picture, tile, undo(sent, tile, level, coloursOf(format)));
    }
    need(bytes.left === 0, `ZYWRLE: ${bytes.left} bytes too many`);
  }
}

/** How many bits each colour has, the lowest first. */
type Bits = readonly [number, number, number];

/** Viewers take the colours to be in these places. */
function coloursOf(format: PixelFormat): Bits {
  const { bitsPerPixel, bigEndian, redMax, greenMax, blueMax } = format;
  need(
    bitsPerPixel > 8 && !bigEndian,
    "ZYWRLE: a raw tile in a format that viewers don't transform",
  );
  const bits = [redMax, greenMax, blueMax].map((max) => max.toString(2).length).join("");
  const known: Readonly<Record<string, Bits>> = {
    "888": [8, 8, 8],
    "565": [5, 6, 5],
    "555": [5, 5, 5],
  };
  const colours = known[bits];
  need(colours !== undefined, `ZYWRLE: a raw tile in ${bits}`);
  const places = new Set([format.redShift, format.greenShift, format.blueShift]);
  const expected = new Set([0, colours[0], colours[0] + colours[1]]);
  need(places.isSubsetOf(expected), "ZYWRLE: a raw tile with colours in other places");
  return colours;
}

/** Samples of one channel, row by row. */
type Samples = Int8Array<ArrayBuffer>;

/** The pixel values that were transformed. */
function undo(sent: Uint32Array, tile: Rect, level: number, bits: Bits): Uint32Array {
  const side = 1 << level;
  const width = Math.floor(tile.width / side) * side;
  const height = Math.floor(tile.height / side) * side;
  if (width === 0 || height === 0) return sent;
  const coefficients = sent.subarray(0, width * height);
  const channel = (below: number, size: number) =>
    joinAll(
      Int8Array.from(coefficients, (value) => value >>> below << 32 - size >> 24),
      width,
      level,
    );
  const u = channel(0, bits[0]);
  const y = channel(bits[0], bits[1]);
  const v = channel(bits[0] + bits[1], bits[2]);

  const out = new Uint32Array(tile.width * tile.height);
  for (let i = 0; i < width * height; i++) {
    const value = colours(y[i]!, u[i]!, v[i]!, bits);
    out[Math.floor(i / width) * tile.width + i % width] = value;
  }
  let at = width * height;
  const place = (left: number, right: number, top: number, bottom: number) => {
    for (let row = top; row < bottom; row++) {
      for (let x = left; x < right; x++) out[row * tile.width + x] = sent[at++]!;
    }
  };
  place(width, tile.width, 0, height);
  place(0, width, height, tile.height);
  place(width, tile.width, height, tile.height);
  return out;
}

/** A channel of a picture from all its coefficients, in the order in which they are sent. */
function joinAll(sent: Samples, width: number, level: number): Samples {
  if (level === 0) return sent;
  const quarter = sent.length / 4;
  const [both, down, across] = [0, 1, 2].map((n) => sent.subarray(n * quarter, (n + 1) * quarter));
  const coarse = joinAll(sent.subarray(3 * quarter), width / 2, level - 1);
  return join(coarse, across!, down!, both!, width / 2);
}

/** A picture of twice the width and height from its means and its three kinds of details. */
function join(
  coarse: Samples,
  across: Samples,
  down: Samples,
  both: Samples,
  width: number,
): Samples {
  const out = new Int8Array(coarse.length * 4);
  coarse.forEach((mean, i) => {
    const to = Math.floor(i / width) * 4 * width + 2 * (i % width);
    const [left, lowerLeft] = plHaar(mean, down[i]!);
    const [right, lowerRight] = plHaar(across[i]!, both[i]!);
    out.set(plHaar(left, right), to);
    out.set(plHaar(lowerLeft, lowerRight), to + 2 * width);
  });
  return out;
}

/** A turn of the plane by 45 degrees in which squares stay squares, and its own inverse. */
function plHaar(a: number, b: number): [number, number] {
  const larger = Math.abs(b) > Math.abs(a);
  return (a >= 0) === (b >= 0) ? [larger ? b : a, a - b] : [a + b, larger ? -b : a];
}

function colours(y: number, u: number, v: number, [low, middle, high]: Bits): number {
  const green = y + 128 - Math.floor((u + v) / 2);
  const field = (colour: number, bits: number) =>
    Math.floor(Math.min(Math.max(colour, 0), 255) / 2 ** (8 - bits));
  return field(green + 2 * v, high) * 2 ** (low + middle) + field(green, middle) * 2 ** low +
    field(green + 2 * u, low);
}
