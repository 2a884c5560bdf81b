import { CELL, ChangedCells } from "./changed_cells.ts";
import { Framebuffer } from "./framebuffer.ts";
import { createCompare } from "./kernels/compare.ts";
import { kernelMemory } from "./kernels/kernel.ts";
import type { Rect } from "./rect.ts";
import type { Region } from "./region.ts";

/** A frame that follows a screen, and where it has changed on the way. */
export class TrackedFrame {
  /** Every word `0x00RRGGBB`. */
  readonly frame: Framebuffer;
  readonly #cells: ChangedCells;
  /** Brings an area of the frame up to date, and marks what changed. */
  readonly compare: (screen: Framebuffer, area: Rect) => void;

  /** @param screen The frame begins as a copy of its colours. */
  constructor(screen: Framebuffer) {
    const { width, height } = screen;
    const cells = Math.ceil(width / CELL) * Math.ceil(height / CELL);
    const sizes = { frame: width * height, cells, band: width * CELL };
    const memory = kernelMemory(4 * (sizes.frame + sizes.cells + sizes.band));
    const words = (start: number, length: number) =>
      new Uint32Array(memory.buffer, 4 * start, length);
    this.frame = new Framebuffer(width, height, words(0, sizes.frame));
    const cellWords = words(sizes.frame, sizes.cells);
    this.#cells = new ChangedCells(width, height, cellWords);
    const band = 4 * (sizes.frame + sizes.cells);
    this.compare = createCompare(memory, this.frame, cellWords, band);
    this.compare(screen, screen.bounds);
    cellWords.fill(0);
  }

  /** Returns what has changed within `areas` as few, tight rectangles, and forgets it. */
  takeChanges(areas: readonly Rect[]): Region {
    return this.#cells.take(areas);
  }
}
