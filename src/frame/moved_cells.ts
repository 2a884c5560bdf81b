import { bestRect, type CellRect } from "./best_rect.ts";
import { CELL } from "./changed_cells.ts";
import type { FramePair } from "./frame_pair.ts";
import { type Move, moveSource } from "./move.ts";
import type { Offset } from "./offset_votes.ts";
import { areaOf, contains, intersect, isEmpty, type Rect } from "./rect.ts";
import { Region } from "./region.ts";

/** A move is worth its while if so many cells changed by it: 64x16 pixels. */
const MIN_CELLS = 4;

/** Pieces that went the same way, at most. */
const MAX_PIECES = 4;

/** What changed from one picture to the next, in cells of 16x16 pixels that moves may explain. */
export class MovedCells {
  readonly #pair: FramePair;
  readonly #bounds: Rect;
  readonly #columns: number;
  /** One byte a cell, here and below: 1 where something has changed that no move explains as yet. */
  readonly #changed: Uint8Array;
  /** 1 in the areas' other cells. */
  readonly #others: Uint8Array;

  /** @param areas Where the pair may differ; other cells are left alone. */
  constructor(pair: FramePair, areas: readonly Rect[]) {
    this.#pair = pair;
    this.#bounds = pair.now.bounds;
    this.#columns = Math.ceil(this.#bounds.width / CELL);
    this.#changed = new Uint8Array(this.#columns * Math.ceil(this.#bounds.height / CELL));
    for (const area of areas) this.#fill(this.#changed, cellsOf(area), 1);
    this.#others = pair.movedCells(this.#changed, 0, 0);
    for (const [cell, same] of this.#others.entries()) if (same) this.#changed[cell] = 0;
  }

  /**
   * Finds the pieces of the picture that went one way.
   * @returns Disjoint moves. What they explain isn't explained again by the next call.
   */
  take({ dx, dy }: Offset): Move[] {
    const came = this.#pair.movedCells(this.#changed, dx, dy);
    if (came.reduce((sum, one) => sum + one, 0) < MIN_CELLS) return [];
    // What looks as before may have moved along: blank lines between lines of text.
    for (const [cell, moved] of this.#pair.movedCells(this.#others, dx, dy).entries()) {
      if (moved) came[cell] = 1;
    }
    const moves: Move[] = [];
    while (moves.length < MAX_PIECES) {
      const best = bestRect(this.#columns, came, this.#changed);
      if (best === undefined || best.value < MIN_CELLS) break;
      this.#fill(came, best.rect, 0);
      const part = largestPart(this.#rectOf(best.rect), moves);
      if (isEmpty(part)) continue;
      const piece = this.#grown({ to: part, dx, dy }, moves);
      moves.push(piece);
      const held = mostlyIn(piece.to);
      this.#fill(came, held, 0);
      this.#fill(this.#changed, held, 0);
      this.#fill(this.#others, held, 1);
    }
    return moves;
  }

  /** Lets a move reach to its exact edges, which are within the next cells, but not into others. */
  #grown(move: Move, others: readonly Move[]): Move {
    let { to } = move;
    const grow = (dx: number, dy: number) => {
      const strip = stripBeside(to, dx, dy);
      if (others.some((other) => !isEmpty(intersect(other.to, strip)))) return false;
      if (!this.#isTrue({ ...move, to: strip })) return false;
      to = {
        x: Math.min(to.x, strip.x),
        y: Math.min(to.y, strip.y),
        width: to.width + Math.abs(dx),
        height: to.height + Math.abs(dy),
      };
      return true;
    };
    for (const [dx, dy] of [[-1, 0], [1, 0], [0, -1], [0, 1]] as const) {
      for (let i = 1; i < CELL && grow(dx, dy); i++);
    }
    return { ...move, to };
  }

  #isTrue(move: Move): boolean {
    const source = moveSource(move);
    return contains(this.#bounds, move.to) && contains(this.#bounds, source) &&
      this.#pair.isSame(move.to, source);
  }

  #fill(cells: Uint8Array, { left, top, right, bottom }: CellRect, value: 0 | 1): void {
    for (let row = top * this.#columns; row < bottom * this.#columns; row += this.#columns) {
      cells.fill(value, row + left, row + right);
    }
  }

  #rectOf({ left, top, right, bottom }: CellRect): Rect {
    const x = left * CELL;
    const y = top * CELL;
    const width = Math.min(right * CELL, this.#bounds.width) - x;
    return { x, y, width, height: Math.min(bottom * CELL, this.#bounds.height) - y };
  }
}

/** The row or column of pixels next to a rectangle, on the side that `dx`, `dy` point to. */
function stripBeside({ x, y, width, height }: Rect, dx: number, dy: number): Rect {
  if (dx !== 0) return { x: dx < 0 ? x - 1 : x + width, y, width: 1, height };
  return { x, y: dy < 0 ? y - 1 : y + height, width, height: 1 };
}

/** The cells that hold any of a rectangle's pixels. */
function cellsOf({ x, y, width, height }: Rect): CellRect {
  return {
    left: Math.floor(x / CELL),
    top: Math.floor(y / CELL),
    right: Math.ceil((x + width) / CELL),
    bottom: Math.ceil((y + height) / CELL),
  };
}

/** The cells of which a rectangle of several cells holds the larger part. */
function mostlyIn({ x, y, width, height }: Rect): CellRect {
  return {
    left: Math.round(x / CELL),
    top: Math.round(y / CELL),
    right: Math.round((x + width) / CELL),
    bottom: Math.round((y + height) / CELL),
  };
}

/** The largest rectangle of those that moves leave of one. */
function largestPart(rect: Rect, moves: readonly Move[]): Rect {
  const left = Region.of(rect).subtract(Region.of(...moves.map(({ to }) => to)));
  const none = { ...rect, width: 0 };
  return left.rects.reduce((a, b) => areaOf(b) > areaOf(a) ? b : a, none);
}
