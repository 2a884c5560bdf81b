import type { EncodedRect } from "../../encodings/encoding.ts";
import { areaOf } from "../../frame/rect.ts";

/** Pixels over which the average is taken, about. */
const MEMORY = 1024 * 1024;

/**
 * Bytes that a pixel is expected to take at least: what comes next may be a photo, and where more fits
 * in than that the next update follows at once.
 */
const MIN_COST = 1 / 4;

/** Bytes that a pixel took lately, on average: says beforehand how many pixels fit into so many bytes. */
export class PixelCost {
  #pixels = MEMORY;
  /** Half a byte a pixel, until something is known. */
  #bytes = MEMORY / 2;

  /** Counts what was sent. */
  add({ rect, head, deflated }: EncodedRect): void {
    const pixels = areaOf(rect);
    const fade = MEMORY / (MEMORY + pixels);
    this.#pixels = (this.#pixels + pixels) * fade;
    this.#bytes = (this.#bytes + head.length + (deflated?.segment.length ?? 0)) * fade;
  }

  /** How many pixels take so many bytes, about. */
  pixelsFor(bytes: number): number {
    return bytes / Math.max(this.#bytes / this.#pixels, MIN_COST);
  }
}
