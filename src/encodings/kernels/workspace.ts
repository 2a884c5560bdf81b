import type { Framebuffer } from "../../frame/framebuffer.ts";
import { kernelMemory } from "../../frame/kernels/kernel.ts";
import { createShuffle } from "../../frame/kernels/shuffle.ts";
import { areaOf, type Rect } from "../../frame/rect.ts";
import type { Translator } from "../../frame/translator.ts";
import { BLOCK } from "../blocks.ts";
import { createDeflate, DEFLATE_WORK_BYTES, largestDeflated } from "./deflate.ts";
import { createHextile, HEXTILE_WORK_BYTES } from "./hextile.ts";
import { createTiles, TILES_WORK_BYTES } from "./tiles.ts";

/** Pixels that fit: whoever has more cuts them into blocks. */
const MAX_PIXELS = BLOCK.width * BLOCK.height;

/** Bytes around the pixels and behind the output that kernels read or write but don't use. */
const MARGIN = 64;

/** What kernels need besides, for one at a time. */
const WORK_BYTES = Math.max(DEFLATE_WORK_BYTES, HEXTILE_WORK_BYTES, TILES_WORK_BYTES);

/** A tile's first byte for each pixel at most, and then the pixel. */
const OUT_BYTES = 5 * MAX_PIXELS;

/**
 * Memory for the encoders' kernels, the same for all on a thread: none of them waits for anything, so
 * that there is never more than one at work, and memory that is new costs more than the work on it.
 */
export class Workspace {
  // Where things are, in bytes: what kernels need besides, a rectangle's pixel values, what kernels
  // make of them, and that compressed.
  readonly #work = 0;
  readonly #pixels = WORK_BYTES + MARGIN;
  readonly #out = this.#pixels + 4 * MAX_PIXELS + MARGIN;
  readonly #deflated = this.#out + OUT_BYTES + MARGIN;
  readonly #memory = kernelMemory(this.#deflated + largestDeflated(OUT_BYTES) + MARGIN);
  readonly #values = new Uint32Array(this.#memory.buffer, this.#pixels, MAX_PIXELS);
  readonly #made = new Uint8Array(this.#memory.buffer, this.#out, OUT_BYTES);
  readonly #shuffle = createShuffle(this.#memory, this.#work);
  /** Writes tiles, as {@linkcode createHextile} does it. */
  readonly hextile = createHextile(this.#memory, this.#work, this.#pixels, this.#out);
  /** Writes tiles, as {@linkcode createTiles} does it. */
  readonly tiles = createTiles(this.#memory, this.#pixels, this.#out);
  readonly #deflate = createDeflate(this.#memory, this.#deflated);

  /** Brings the pixel values of a rectangle here, row after row without gaps. */
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
    return this.#made.subarray(0, length);
  }

  /** Compresses bytes, which may be here or elsewhere, into raw deflate runs. */
  deflate(bytes: Uint8Array, isNoise = false): Uint8Array {
    if (bytes.buffer === this.#memory.buffer) return this.#deflate(bytes, isNoise);
    const parts = [];
    for (let at = 0; at === 0 || at < bytes.length; at += OUT_BYTES) {
      const part = bytes.subarray(at, at + OUT_BYTES);
      this.#made.set(part);
      parts.push(this.#deflate(this.made(part.length), isNoise));
    }
    return parts.length === 1 ? parts[0]! : concatenated(parts);
  }
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

let workspace: Workspace | undefined;

/** This thread's workspace. */
export function sharedWorkspace(): Workspace {
  return workspace ??= new Workspace();
}
