import { CELL, ChangedCells } from "./changed_cells.ts";
import type { Framebuffer } from "./framebuffer.ts";
import { type Move, moveSource } from "./move.ts";
import { MoveFinder } from "./move_finder.ts";
import { inOrder, spoils } from "./move_order.ts";
import { contains, isEmpty, type Rect } from "./rect.ts";
import { Region } from "./region.ts";
import { COLOUR, isSame, sameFor } from "./same_pixels.ts";

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

/**
 * Keeps the frame that viewers are sent and finds out what really changed on the screen: the
 * platform's hints say where to look, comparing pixels says what is different.
 */
export class DamageTracker {
  #frame: Framebuffer;
  #cells: ChangedCells;
  readonly #finder = new MoveFinder();

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
    const region = hint.region.intersect(Region.of(screen.bounds));
    const moves = this.#apply(this.#trueMoves(screen, hint.moves, region));
    const areas = region.subtract(Region.of(...moves.map(({ to }) => to))).rects;
    for (const area of areas) this.#compare(screen, area);
    return { changed: this.#cells.take(areas), moves };
  }

  /** The hinted moves that are true, or else those that can be found. */
  #trueMoves(screen: Framebuffer, hinted: readonly Move[], region: Region): readonly Move[] {
    const moves = hinted.filter((move) => isTrue(move, this.#frame, screen));
    return moves.length > 0 ? moves : this.#finder.find(screen, this.#frame, region);
  }

  /** Does moves in the frame, as a viewer will, but for those whose source is gone by then. */
  #apply(moves: readonly Move[]): Move[] {
    const applied: Move[] = [];
    for (const move of inOrder(moves)) {
      if (applied.some((earlier) => spoils(earlier, move))) continue;
      copyWithin(this.#frame, move);
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

/** The colours of a screen; what else its words hold is dropped. */
function copyOf(screen: Framebuffer): Framebuffer {
  const frame = screen.part(screen.bounds);
  const { pixels } = frame;
  for (let i = 0; i < pixels.length; i++) pixels[i] = pixels[i]! & COLOUR;
  return frame;
}

/** Whether a move takes place within the frame, brings what is on the screen now, and isn't idle. */
function isTrue(move: Move, frame: Framebuffer, screen: Framebuffer): boolean {
  const source = moveSource(move);
  return !isEmpty(move.to) && contains(frame.bounds, move.to) && contains(frame.bounds, source) &&
    isSame(frame, source, screen, move.to) && !isSame(frame, move.to, screen, move.to);
}

/** Does a move in a picture, as CopyRect does: also where its source and target overlap. */
function copyWithin({ pixels, stride }: Framebuffer, { to, dx, dy }: Move): void {
  const { x, y, width, height } = to;
  for (let i = 0; i < height; i++) {
    const row = dy > 0 ? y + height - 1 - i : y + i;
    const source = (row - dy) * stride + x - dx;
    pixels.copyWithin(row * stride + x, source, source + width);
  }
}
