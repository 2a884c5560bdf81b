import type { Framebuffer } from "../frame/framebuffer.ts";
import { MemoryPlan } from "../frame/kernels/kernel.ts";
import { createShuffle, SHUFFLE_WORK_BYTES } from "../frame/kernels/shuffle.ts";
import { areaOf, type Rect } from "../frame/rect.ts";
import type { Translator } from "../frame/translator.ts";
import { concat } from "../rfb/concat.ts";
import { createDeflate, DEFLATE_WORK_BYTES, largestDeflated } from "./kernels/deflate.ts";
import { createHextile, HEXTILE_WORK_BYTES } from "./kernels/hextile.ts";
import { createTiles, TILES_WORK_BYTES } from "./kernels/tiles.ts";
import { createIndexer, INDEXER_WORK_BYTES } from "./tight/kernels/indexed.ts";
import { createTightPixels } from "./tight/kernels/tight_pixels.ts";

/**
 * The largest piece of a picture that is encoded at once, in pixels: as wide as Tight allows, and short
 * enough for it to tell the length. Other pieces may be longer than this, but have no more pixels.
 */
export const MAX_PIECE = { width: 2048, height: 256 } as const;

const MAX_PIXELS = MAX_PIECE.width * MAX_PIECE.height;

/** What kernels make of a pixel at most: its bytes behind the first one of a tile of its own. */
const MADE_BYTES = 5 * MAX_PIXELS;

/** What most kernels need besides, at the memory's start: only one of them is at work at a time. */
const WORK_BYTES = Math.max(
  DEFLATE_WORK_BYTES,
  HEXTILE_WORK_BYTES,
  SHUFFLE_WORK_BYTES,
  TILES_WORK_BYTES,
);

/**
 * Memory for the encoders' kernels, the same for all on a thread: none of them waits for anything, so
 * that there is never more than one at work, and memory that is new costs more than the work on it.
 * Pages that no piece needs are never touched, so they take no room.
 */
export class Workspace {
  readonly #plan = new MemoryPlan();
  readonly #work = this.#plan.room(WORK_BYTES);
  /** A piece's pixel values. */
  readonly #pixels = this.#plan.room(4 * MAX_PIXELS);
  /** What kernels make of them, and that compressed. */
  readonly #made = this.#plan.room(MADE_BYTES);
  readonly #deflated = this.#plan.room(largestDeflated(MADE_BYTES));
  /** A palette, and indices into one of two colours as bits: these are made of what was made. */
  readonly #palette = this.#plan.room(INDEXER_WORK_BYTES);
  readonly #bits = this.#plan.room(MAX_PIXELS);
  readonly #memory = this.#plan.memory();

  readonly #values = new Uint32Array(this.#memory.buffer, this.#pixels, MAX_PIXELS);
  readonly #madeBytes = new Uint8Array(this.#memory.buffer, this.#made, MADE_BYTES);
  readonly #shuffle = createShuffle(this.#memory, this.#work);
  readonly #deflate = createDeflate(this.#memory, this.#deflated);
  readonly #indexer = createIndexer(this.#memory, this.#made, this.#bits, this.#palette);
  readonly #tightPixels = createTightPixels(this.#memory, this.#made);

  /** Writes tiles, as {@linkcode createHextile} does it. */
  readonly hextile = createHextile(this.#memory, this.#pixels, this.#made);
  /** Writes tiles, as {@linkcode createTiles} does it. */
  readonly tiles = createTiles(this.#memory, this.#pixels, this.#made);
  /** Make palettes, as {@linkcode createIndexer} does it. */
  readonly index = this.#indexer.index;
  readonly packBits = this.#indexer.packBits;
  /** Make Tight's pixels, as {@linkcode createTightPixels} does it. */
  readonly pack = this.#tightPixels.pack;
  readonly gradient = this.#tightPixels.gradient;

  /**
   * Brings the pixel values of a rectangle here, row after row without gaps.
   * @param rect Of no more pixels than {@linkcode MAX_PIECE} has.
   */
  load(frame: Framebuffer, rect: Rect, translator: Translator): Uint32Array {
    const { byteOrder } = translator;
    if (byteOrder === undefined) return translator.values(frame, rect, this.#values);
    const values = this.#values.subarray(0, areaOf(rect));
    frame.copyTo(values, rect);
    this.#shuffle(this.#pixels, values.length, byteOrder);
    return values;
  }

  /** The first bytes of what a kernel made, until the next one does. */
  made(length: number): Uint8Array {
    return this.#madeBytes.subarray(0, length);
  }

  /**
   * Compresses bytes, which may be here or elsewhere, into raw deflate runs.
   * @param isNoise Whether hardly anything repeats.
   */
  deflate(bytes: Uint8Array, isNoise = false): Uint8Array {
    if (bytes.buffer === this.#memory.buffer) return this.#deflate(bytes, isNoise);
    const parts = [];
    for (let at = 0; at === 0 || at < bytes.length; at += MADE_BYTES) {
      const part = bytes.subarray(at, at + MADE_BYTES);
      this.#madeBytes.set(part);
      parts.push(this.#deflate(this.made(part.length), isNoise));
    }
    return concat(parts);
  }
}

let shared: Workspace | undefined;

/** This thread's workspace. */
export function workspace(): Workspace {
  return shared ??= new Workspace();
}
