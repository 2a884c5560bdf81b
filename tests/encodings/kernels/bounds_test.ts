import { assert, assertEquals } from "@std/assert";
import { inflateRawSync } from "node:zlib";
import {
  createDeflate,
  DEFLATE_WORK_BYTES,
  largestDeflated,
} from "../../../src/encodings/kernels/deflate.ts";
import { createHextile, HEXTILE_WORK_BYTES } from "../../../src/encodings/kernels/hextile.ts";
import { createTiles, TILES_WORK_BYTES } from "../../../src/encodings/kernels/tiles.ts";
import { createIndexer, INDEXER_WORK_BYTES } from "../../../src/encodings/tight/kernels/indexed.ts";
import { createTightPixels } from "../../../src/encodings/tight/kernels/tight_pixels.ts";
import { MAX_PIECE } from "../../../src/encodings/workspace.ts";
import { MemoryPlan } from "../../../src/frame/kernels/kernel.ts";
import { split } from "../../../src/frame/rect.ts";
import { translatorFor } from "../../../src/frame/translator.ts";
import { concat } from "../../support/bytes.ts";
import { PIXEL_FORMATS } from "../../support/pixel_formats.ts";
import { Random } from "../../support/random.ts";

// Kernels of one memory could overwrite what belongs to another: none may write outside of its rooms.

/** Bytes behind a room that a kernel may write. */
const MARGIN = 64;
const FENCE_BYTES = 4096;
const UNTOUCHED = 0xa5;

/** Rooms with fences between them. */
class FencedPlan {
  readonly #plan = new MemoryPlan();
  readonly #fences: number[] = [];

  room(bytes: number): number {
    const start = this.#plan.room(bytes);
    this.#fences.push(start + bytes + MARGIN);
    this.#plan.room(MARGIN + FENCE_BYTES);
    return start;
  }

  /** The memory, and a function that fails if a fence in it has been touched. */
  memory() {
    const memory = this.#plan.memory();
    const fences = this.#fences.map((at) => new Uint8Array(memory.buffer, at, FENCE_BYTES));
    for (const fence of fences) fence.fill(UNTOUCHED);
    const check = (what: string) => {
      for (const [n, fence] of fences.entries()) {
        assert(fence.every((byte) => byte === UNTOUCHED), `${what}: behind room ${n}`);
      }
    };
    return { memory, check };
  }
}

const SHAPES = [
  [1, 1],
  [17, 33],
  [1, 65535],
  [65535, 1],
  [2047, 127],
  [MAX_PIECE.width, MAX_PIECE.height],
] as const;

/** Pixel values that are as hard as can be for one kernel or another. */
const CONTENTS: Readonly<Record<string, (random: Random, at: number) => number>> = {
  noise: (random) => random.bits(),
  "one colour": () => 0x123456,
  "two colours": (random) => random.below(2),
  "a checkerboard": (_random, at) => at & 1,
  "three colours": (random) => random.below(3),
  "16 colours": (random) => random.below(16),
  "127 colours": (random) => random.below(127),
  "256 colours": (random) => random.below(256),
  "runs of 2": (_random, at) => Math.imul(at >> 1, 0x9e3779b1),
};

/** Calls `use` for each content in each shape. */
function eachPicture(
  values: Uint32Array,
  use: (values: Uint32Array, width: number, height: number, what: string) => void,
): void {
  const random = new Random(1);
  for (const [name, pixel] of Object.entries(CONTENTS)) {
    for (let at = 0; at < values.length; at++) values[at] = pixel(random, at);
    for (const [width, height] of SHAPES) {
      use(values.subarray(0, width * height), width, height, `${width}x${height}, ${name}`);
    }
  }
}

const MAX_PIXELS = MAX_PIECE.width * MAX_PIECE.height;

Deno.test("what writes tiles takes no more room than raw ones, and only its own", () => {
  const plan = new FencedPlan();
  plan.room(Math.max(HEXTILE_WORK_BYTES, TILES_WORK_BYTES));
  const pixels = plan.room(4 * MAX_PIXELS);
  const made = plan.room(5 * MAX_PIXELS);
  const { memory, check } = plan.memory();
  const hextile = createHextile(memory, pixels, made);
  const tiles = createTiles(memory, pixels, made);
  const formats = ["native", "32 big-endian", "16 565", "8 332"].map((name) =>
    translatorFor(PIXEL_FORMATS[name]!)
  );
  eachPicture(new Uint32Array(memory.buffer, pixels, MAX_PIXELS), (values, width, height, what) => {
    const most = (tileSize: number, pixelSize: number) =>
      split({ x: 0, y: 0, width, height }, tileSize, tileSize).length + values.length * pixelSize;
    for (const { pixel, compactPixel } of formats) {
      assert(hextile(width, height, pixel) <= most(16, pixel.size), `Hextile ${what}`);
      for (const tileSize of [16, 64]) {
        const length = tiles(width, height, tileSize, compactPixel);
        assert(length <= most(tileSize, compactPixel.size), `${tileSize} ${what}`);
      }
    }
    check(what);
  });
});

Deno.test("what makes Tight's palettes and pixels writes to its own rooms only", () => {
  const plan = new FencedPlan();
  const work = plan.room(INDEXER_WORK_BYTES);
  const pixels = plan.room(4 * MAX_PIXELS);
  const made = plan.room(3 * MAX_PIXELS);
  const indices = plan.room(MAX_PIXELS);
  const bits = plan.room(MAX_PIXELS);
  const { memory, check } = plan.memory();
  const indexer = createIndexer(memory, indices, bits, work);
  const tightPixels = createTightPixels(memory, made);
  eachPicture(
    new Uint32Array(memory.buffer, pixels, MAX_PIXELS),
    (values, width, _height, what) => {
      for (const limit of [1, 2, 255, 256]) {
        const indexed = indexer.index(values, limit);
        if (limit === 2 && indexed !== undefined) indexer.packBits(indexed.indices, width);
      }
      tightPixels.pack(values);
      tightPixels.gradient(values, width);
      check(what);
    },
  );
});

/** Bytes that a compressor may find hard. */
const HARD_BYTES: Readonly<Record<string, (random: Random) => Uint8Array>> = {
  noise: (random) => Uint8Array.from({ length: 300_000 }, () => random.below(256)),
  "noise that just can be compressed": (random) =>
    Uint8Array.from({ length: 300_000 }, () => random.below(240)),
  "all literals, then all lengths of matches": (random) => {
    const parts = [Uint8Array.from({ length: 256 }, (_, n) => n)];
    for (let length = 3; length < 300; length++) {
      const all = concat(...parts);
      const from = random.below(all.length - length > 0 ? all.length - length : 1);
      parts.push(all.slice(from, from + length), Uint8Array.of(random.below(256)));
    }
    return concat(...parts);
  },
  "matches of three bytes, as far away as can be": (random) => {
    const bytes = Uint8Array.from({ length: 200_000 }, () => random.below(256));
    for (let at = 32768; at + 4 < bytes.length; at += 4) {
      bytes.copyWithin(at, at - 32768 + random.below(3), at - 32768 + random.below(3) + 3);
    }
    return bytes;
  },
  "a match at every place": (random) => {
    const words = Array.from({ length: 40 }, () => random.below(256));
    return Uint8Array.from({ length: 300_000 }, (_, n) => words[(n % 3) + 3 * (n * n % 13)]!);
  },
  "noise and zeros in turn": (random) =>
    Uint8Array.from({ length: 300_000 }, (_, n) => n / 4001 & 1 ? 0 : random.below(256)),
};

Deno.test("the deflate kernel writes to its own rooms only, and no more than said", () => {
  const MAX_BYTES = 300_000;
  const plan = new FencedPlan();
  plan.room(DEFLATE_WORK_BYTES);
  const bytesAt = plan.room(MAX_BYTES);
  const to = plan.room(largestDeflated(MAX_BYTES));
  const { memory, check } = plan.memory();
  const deflate = createDeflate(memory, to);
  const random = new Random(2);
  for (const [what, make] of Object.entries(HARD_BYTES)) {
    const hard = make(random);
    for (const length of [hard.length, 65535, 4001, 4000, 100, 9, 8, 7, 1, 0]) {
      const bytes = new Uint8Array(memory.buffer, bytesAt, Math.min(length, hard.length));
      bytes.set(hard.subarray(0, bytes.length));
      for (const isNoise of [false, true]) {
        const segment = deflate(bytes, isNoise);
        assert(segment.length <= largestDeflated(bytes.length), `${what} ${length}`);
        check(`${what} ${length}`);
        const back = new Uint8Array(inflateRawSync(concat(segment, Uint8Array.of(3, 0))));
        assertEquals(back, hard.subarray(0, bytes.length).slice(), `${what} ${length}`);
      }
    }
  }
});
