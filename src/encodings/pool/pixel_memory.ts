import type { Framebuffer } from "../../frame/framebuffer.ts";
import { areaOf, type Rect } from "../../frame/rect.ts";
import { BLOCK } from "../blocks.ts";

/** Bytes of one piece of memory: what viewers ask for is no larger than a block. */
const PIECE_BYTES = 4 * BLOCK.width * BLOCK.height;

/** Pieces that are kept to be used again; any more are left to the garbage collector. */
const KEPT_PIECES = 32;

/** Copies of rectangles' pixels in memory that threads share. */
export class PixelMemory {
  readonly #maxBytes: number;
  readonly #free: SharedArrayBuffer[] = [];
  /** Bytes. */
  #used = 0;

  /** @param maxBytes How much may be in use at a time. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Copies a rectangle's pixels, row after row without gaps, to the start of some shared memory.
   * @returns Undefined when too much is in use.
   */
  copy(frame: Framebuffer, rect: Rect): SharedArrayBuffer | undefined {
    const bytes = 4 * areaOf(rect);
    if (this.#used + Math.max(bytes, PIECE_BYTES) > this.#maxBytes) return undefined;
    const memory = bytes > PIECE_BYTES
      ? new SharedArrayBuffer(bytes)
      : this.#free.pop() ?? new SharedArrayBuffer(PIECE_BYTES);
    this.#used += memory.byteLength;
    frame.copyTo(new Uint32Array(memory), rect);
    return memory;
  }

  /** The copy isn't needed any more. */
  release(memory: SharedArrayBuffer): void {
    this.#used -= memory.byteLength;
    if (memory.byteLength === PIECE_BYTES && this.#free.length < KEPT_PIECES) {
      this.#free.push(memory);
    }
  }
}
