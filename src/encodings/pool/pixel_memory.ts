import type { Framebuffer } from "../../frame/framebuffer.ts";
import { areaOf, type Rect } from "../../frame/rect.ts";
import { BLOCK } from "../blocks.ts";

/** Bytes of one piece: what viewers ask for is no larger than a block. */
const PIECE_BYTES = 4 * BLOCK.width * BLOCK.height;

/**
 * Copies of rectangles' pixels in memory that threads share. It is one buffer that they are given once,
 * so that a job only says where in it its pixels are.
 */
export class PixelMemory {
  /** What was never used takes no memory. */
  readonly buffer: SharedArrayBuffer;
  readonly #words: Uint32Array;
  /** Offsets in bytes; those that were used last are used first. */
  readonly #free: number[] = [];

  /** @param maxBytes How much may be in use at a time. */
  constructor(maxBytes: number) {
    const pieces = Math.floor(maxBytes / PIECE_BYTES);
    this.buffer = new SharedArrayBuffer(pieces * PIECE_BYTES);
    this.#words = new Uint32Array(this.buffer);
    for (let piece = pieces - 1; piece >= 0; piece--) this.#free.push(piece * PIECE_BYTES);
  }

  /**
   * Copies a rectangle's pixels, row after row without gaps.
   * @returns Where they begin, in bytes; undefined when too much is in use, or they are too many.
   */
  copy(frame: Framebuffer, rect: Rect): number | undefined {
    if (4 * areaOf(rect) > PIECE_BYTES) return undefined;
    const start = this.#free.pop();
    if (start !== undefined) frame.copyTo(this.#words.subarray(start / 4), rect);
    return start;
  }

  /** The copy isn't needed any more. */
  release(start: number): void {
    this.#free.push(start);
  }
}
