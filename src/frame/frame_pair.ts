import { CELL, ChangedCells } from "./changed_cells.ts";
import { Framebuffer } from "./framebuffer.ts";
import { createCompare } from "./kernels/compare.ts";
import { MemoryPlan } from "./kernels/kernel.ts";
import { createMovesKernel, type MovesKernel } from "./kernels/moves.ts";
import type { Rect } from "./rect.ts";
import type { Region } from "./region.ts";

/** The screen as it is now and the frame before it, in one memory where kernels compare them. */
export class FramePair {
  /** The screen where it was loaded; its top bytes may hold anything. */
  readonly now: Framebuffer;
  /** Every word `0x00RRGGBB`. */
  readonly before: Framebuffer;
  readonly #cells: ChangedCells;
  /** A byte for each cell. */
  readonly #flags: Uint8Array;
  readonly #compare: (area: Rect) => void;
  readonly #kernel: MovesKernel;

  /** @param screen Both begin as a copy of it. */
  constructor(screen: Framebuffer) {
    const { width, height, bounds } = screen;
    const pixels = width * height;
    const cells = Math.ceil(width / CELL) * Math.ceil(height / CELL);
    const plan = new MemoryPlan();
    const [before, now] = [plan.room(4 * pixels), plan.room(4 * pixels)];
    const [marks, flags] = [plan.room(4 * cells), plan.room(cells)];
    const memory = plan.memory();
    const words = (start: number, length: number) => new Uint32Array(memory.buffer, start, length);
    this.before = new Framebuffer(width, height, words(before, pixels));
    this.now = new Framebuffer(width, height, words(now, pixels));
    const changed = words(marks, cells);
    this.#cells = new ChangedCells(width, height, changed);
    this.#flags = new Uint8Array(memory.buffer, flags, cells);
    this.#compare = createCompare(memory, this.now, this.before, changed);
    this.#kernel = createMovesKernel(memory);
    this.load(screen, bounds);
    this.#compare(bounds);
    changed.fill(0);
  }

  /** Copies an area of the screen to `now`. */
  load(screen: Framebuffer, area: Rect): void {
    this.now.copyFrom(screen, area);
  }

  /** Brings an area of `before` up to `now`, and remembers what changed. */
  update(area: Rect): void {
    this.#compare(area);
  }

  /** Returns what has changed within `areas` as few, tight rectangles, and forgets it. */
  takeChanges(areas: readonly Rect[]): Region {
    return this.#cells.take(areas);
  }

  /** Whether one rectangle of `now` holds what another of the same size held before. */
  isSame({ x, y, width, height }: Rect, source: Rect): boolean {
    const [now, before] = [at(this.now, x, y), at(this.before, source.x, source.y)];
    return this.#kernel.isSame(now, before, this.now.stride, width, height) === 1;
  }

  /** The part of a row from the first pixel that has changed to the last; empty if none has. */
  changedSpan(y: number, startX: number, endX: number): [start: number, end: number] {
    const [now, before] = [at(this.now, startX, y), at(this.before, startX, y)];
    const same = this.#kernel.sameFor(now, before, endX - startX);
    const changed = this.#kernel.differentUpTo(now, before, endX - startX);
    return [startX + same, startX + Math.max(same, changed)];
  }

  /**
   * Those cells that hold what was `dx`, `dy` before them.
   * @param cells A byte for each, row by row: 1 for those that are asked for, or 0.
   */
  movedCells(cells: Uint8Array, dx: number, dy: number): Uint8Array {
    const { width, height } = this.now;
    this.#flags.set(cells);
    const { byteOffset } = this.#flags;
    this.#kernel.keepMoved(
      at(this.now, 0, 0),
      at(this.before, 0, 0),
      width,
      height,
      byteOffset,
      dx,
      dy,
    );
    return this.#flags.slice();
  }
}

/** Where a pixel is in the memory. */
function at({ pixels, stride }: Framebuffer, x: number, y: number): number {
  return pixels.byteOffset + 4 * (y * stride + x);
}
