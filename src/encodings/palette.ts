import { placeOf } from "../frame/hash.ts";

const SLOT_BITS = 10;
const SLOTS = 1 << SLOT_BITS;

/** The different pixel values of a piece of picture, numbered as they turn up. */
export class Palette {
  /** The pixel values; only the first {@linkcode size} count. */
  readonly colours: Uint32Array;
  /** How many pixels of each colour were added. */
  readonly counts: Uint32Array;
  size = 0;
  /** A hash table with linear probing: 1 + a colour's number, or 0. */
  readonly #slots = new Uint16Array(SLOTS);

  /** @param capacity How many colours fit, at most 256. */
  constructor(capacity: number) {
    this.colours = new Uint32Array(capacity);
    this.counts = new Uint32Array(capacity);
  }

  clear(): void {
    this.size = 0;
    this.#slots.fill(0);
  }

  /** Counts `pixels` pixels of a colour and returns its number, or -1 if there's no room for it. */
  add(colour: number, pixels: number): number {
    const slots = this.#slots;
    let slot = placeOf(colour, SLOT_BITS);
    for (; slots[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
      const index = slots[slot]! - 1;
      if (this.colours[index] === colour) {
        this.counts[index]! += pixels;
        return index;
      }
    }
    if (this.size === this.colours.length) return -1;
    const index = this.size++;
    slots[slot] = index + 1;
    this.colours[index] = colour;
    this.counts[index] = pixels;
    return index;
  }

  /** The colour with the most pixels; the palette must not be empty. */
  get mostFrequent(): number {
    let best = 0;
    for (let index = 1; index < this.size; index++) {
      if (this.counts[index]! > this.counts[best]!) best = index;
    }
    return this.colours[best]!;
  }

  /** Adds the colours of all `values`. */
  addAll(values: Uint32Array): void {
    for (let start = 0; start < values.length;) {
      const colour = values[start]!;
      let end = start + 1;
      while (end < values.length && values[end] === colour) end++;
      this.add(colour, end - start);
      start = end;
    }
  }
}
