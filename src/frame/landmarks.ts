import type { Framebuffer } from "./framebuffer.ts";
import { spread } from "./hash.ts";
import { COLOUR } from "./colour.ts";

/** A landmark is known by this many pixels of its row, itself the last one: one for each bit of its hash. */
export const LANDMARK_WIDTH = 32;

const CAPACITY = 4096;

/** One in four of the places that are considered becomes a landmark, until there are too many. */
const FIRST_LIMIT = 2 ** 30;

/**
 * Places in a picture that are chosen by how they look, not by where they are: when pixels move,
 * the landmarks among them move along.
 */
export class Landmarks {
  count = 0;
  /** What each of them looks like. */
  readonly hashes = new Uint32Array(CAPACITY);
  readonly xs = new Uint16Array(CAPACITY);
  readonly ys = new Uint16Array(CAPACITY);
  /** Places with a hash from here on aren't landmarks. */
  #limit = FIRST_LIMIT;

  clear(): void {
    this.count = 0;
    this.#limit = FIRST_LIMIT;
  }

  /**
   * Adds those of a row of pixels, from `startX` up to and excluding `endX`; where neighbours have the
   * same colour there are none. What lies before the row counts as more of its first pixel, so that
   * what stands close to a pane's edge is found, too.
   */
  scan({ pixels, stride }: Framebuffer, y: number, startX: number, endX: number): void {
    const row = y * stride;
    let last = pixels[row + startX]! & COLOUR;
    let hash = -spread(last);
    for (let x = startX; x < endX; x++) {
      const colour = pixels[row + x]! & COLOUR;
      // With each step what a pixel gave is shifted on, and out of the word at last.
      hash = (hash << 1) + spread(colour) | 0;
      if (colour !== last && hash >>> 0 < this.#limit) this.#add(hash >>> 0, x, y);
      last = colour;
    }
  }

  #add(hash: number, x: number, y: number): void {
    if (this.count === CAPACITY) this.#thinOut();
    if (hash < this.#limit) this.#put(hash, x, y);
  }

  #put(hash: number, x: number, y: number): void {
    this.hashes[this.count] = hash;
    this.xs[this.count] = x;
    this.ys[this.count++] = y;
  }

  /** Keeps about half of them, by their looks again; none at last, if they all look the same. */
  #thinOut(): void {
    while (this.count === CAPACITY) {
      this.#limit /= 2;
      this.count = 0;
      for (let i = 0; i < CAPACITY; i++) {
        if (this.hashes[i]! < this.#limit) this.#put(this.hashes[i]!, this.xs[i]!, this.ys[i]!);
      }
    }
  }
}
