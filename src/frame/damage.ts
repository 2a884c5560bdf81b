import { CELL, ChangedCells } from "./changed_cells.ts";
import { Framebuffer } from "./framebuffer.ts";
import { type Move, moveSource } from "./move.ts";
import { contains, intersect, isEmpty, type Rect } from "./rect.ts";
import { Region } from "./region.ts";

/** What a desktop's grab found. */
export interface DamageHint {
  /** Where the screen's pixels may differ from those of the grab before. */
  readonly region: Region;
  /** Areas known to have moved since the grab before; hints, which {@linkcode DamageTracker} verifies. */
  readonly moves: readonly Move[];
}

/** How one frame differs from the one before: first the moves, in order, then new pixels. */
export interface Damage {
  /** Covers every pixel that differs once the moves are done. */
  readonly changed: Region;
  /** True for every pixel. No source holds a pixel of an earlier move's destination. */
  readonly moves: readonly Move[];
}

/** The colour of a word; a screen may hold anything in the byte above it. */
const COLOUR = 0xffffff;

/**
 * Keeps the frame that viewers are sent and finds out what really changed on the screen: the
 * platform's hints say where to look, comparing pixels says what is different.
 */
export class DamageTracker {
  #frame: Framebuffer;
  #cells: ChangedCells;

  /** @param screen The frame begins as a copy of it. */
  constructor(screen: Framebuffer) {
    this.#frame = copyOf(screen);
    this.#cells = new ChangedCells(screen.width, screen.height);
  }

  /** The screen as of the last update, every word `0x00RRGGBB`; another one after a resize. */
  get frame(): Framebuffer {
    return this.#frame;
  }

  /**
   * Brings `frame` up to date with `screen`, within the hinted region and the hinted moves. If the
   * screen has another size, there is a new frame and all of it has changed.
   */
  update(screen: Framebuffer, hint: DamageHint): Damage {
    if (screen.width !== this.#frame.width || screen.height !== this.#frame.height) {
      this.#frame = copyOf(screen);
      this.#cells = new ChangedCells(screen.width, screen.height);
      return { changed: Region.of(screen.bounds), moves: [] };
    }
    const moves = this.#applyMoves(screen, hint.moves);
    const areas = hint.region.rects.map((rect) => intersect(rect, screen.bounds))
      .filter((rect) => !isEmpty(rect));
    for (const area of areas) this.#compare(screen, area);
    return { changed: this.#cells.take(areas), moves };
  }

  /**
   * Does those moves in the frame that are true and of any use, as a viewer will. What they bring is
   * equal to the screen then, so the comparison finds only the rest.
   */
  #applyMoves(screen: Framebuffer, moves: readonly Move[]): Move[] {
    const applied: Move[] = [];
    for (const move of moves) {
      const source = moveSource(move);
      if (isEmpty(move.to)) continue;
      if (!contains(screen.bounds, move.to) || !contains(screen.bounds, source)) continue;
      if (applied.some(({ to }) => !isEmpty(intersect(to, source)))) continue;
      if (!isSame(this.#frame, source, screen, move.to)) continue;
      if (isSame(this.#frame, move.to, screen, move.to)) continue;
      copy(screen, move.to, this.#frame);
      applied.push(move);
    }
    return applied;
  }

  /** Copies what differs in an area, row by row: memory is read fastest in its own order. */
  #compare(screen: Framebuffer, { x, y, width, height }: Rect): void {
    const from = screen.pixels;
    const to = this.#frame.pixels;
    for (let row = y; row < y + height; row++) {
      const source = row * screen.stride;
      const target = row * this.#frame.stride;
      let column = x;
      while (true) {
        column += sameFor(from, source + column, to, target + column, x + width - column);
        if (column === x + width) break;
        const end = Math.min(x + width, (column | (CELL - 1)) + 1);
        const columns = copyDifferent(from, source, to, target, column, end);
        this.#cells.mark(column, row, columns);
        column = end;
      }
    }
  }
}

/** How many of `count` words have the same colour, before the first that doesn't. */
function sameFor(
  a: Uint32Array,
  startA: number,
  b: Uint32Array,
  startB: number,
  count: number,
): number {
  let i = 0;
  while (i < count && ((a[startA + i]! ^ b[startB + i]!) & COLOUR) === 0) i++;
  return i;
}

/** Copies columns `start` up to `end`, all of one cell; bit n is set if the cell's column n differed. */
function copyDifferent(
  from: Uint32Array,
  source: number,
  to: Uint32Array,
  target: number,
  start: number,
  end: number,
): number {
  let columns = 0;
  for (let column = start; column < end; column++) {
    const colour = from[source + column]! & COLOUR;
    if (colour === to[target + column]!) continue;
    to[target + column] = colour;
    columns |= 1 << (column % CELL);
  }
  return columns;
}

function copyOf(screen: Framebuffer): Framebuffer {
  const frame = new Framebuffer(screen.width, screen.height);
  copy(screen, screen.bounds, frame);
  return frame;
}

/** Copies the colours of a rectangle to the same place in another picture. */
function copy(from: Framebuffer, { x, y, width, height }: Rect, to: Framebuffer): void {
  const source = from.pixels;
  const target = to.pixels;
  for (let row = y; row < y + height; row++) {
    const start = row * to.stride + x;
    const offset = row * from.stride + x - start;
    for (let i = start; i < start + width; i++) target[i] = source[i + offset]! & COLOUR;
  }
}

/** Whether two rectangles of the same size hold the same colours. */
function isSame(a: Framebuffer, inA: Rect, b: Framebuffer, inB: Rect): boolean {
  const { width, height } = inA;
  for (let row = 0; row < height; row++) {
    const startA = (inA.y + row) * a.stride + inA.x;
    const startB = (inB.y + row) * b.stride + inB.x;
    if (sameFor(a.pixels, startA, b.pixels, startB, width) < width) return false;
  }
  return true;
}
