import { bestRect, type CellRect } from "./best_rect.ts";
import type { Framebuffer } from "./framebuffer.ts";
import { type Move, moveSource } from "./move.ts";
import type { Offset } from "./offset_votes.ts";
import { areaOf, contains, intersect, isEmpty, type Rect } from "./rect.ts";
import { Region } from "./region.ts";
import { isSame, sameFor } from "./same_pixels.ts";

/** Width and height of a cell. */
const CELL = 16;

/** A move is worth its while if so many cells changed by it: 64x16 pixels. */
const MIN_CELLS = 4;

/** Pieces that went the same way, at most. */
const MAX_PIECES = 4;

/** What changed from one picture to the next, in cells of 16x16 pixels that moves may explain. */
export class MovedCells {
  readonly #now: Framebuffer;
  readonly #before: Framebuffer;
  readonly #columns: number;
  /** One byte a cell, here and below: 1 where something has changed that no move explains as yet. */
  readonly #changed: Uint8Array;
  /** 1 in the areas' other cells. */
  readonly #others: Uint8Array;

  /**
   * @param now The new picture.
   * @param before The old one, of the same size.
   * @param areas Where they may differ; other cells are left alone.
   */
  constructor(now: Framebuffer, before: Framebuffer, areas: readonly Rect[]) {
    this.#now = now;
    this.#before = before;
    this.#columns = Math.ceil(now.width / CELL);
    this.#changed = new Uint8Array(this.#columns * Math.ceil(now.height / CELL));
    for (const area of areas) this.#fill(this.#changed, cellsOf(area), 1);
    this.#others = this.#cameFrom(this.#changed, 0, 0);
    for (const [cell, same] of this.#others.entries()) if (same) this.#changed[cell] = 0;
  }

  /**
   * Finds the pieces of the picture that went one way.
   * @returns Disjoint moves. What they explain isn't explained again by the next call.
   */
  take({ dx, dy }: Offset): Move[] {
    const came = this.#cameFrom(this.#changed, dx, dy);
    if (came.reduce((sum, one) => sum + one, 0) < MIN_CELLS) return [];
    // What looks as before may have moved along: blank lines between lines of text.
    for (const [cell, moved] of this.#cameFrom(this.#others, dx, dy).entries()) {
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

  /** Those of the cells that hold what was `dx`, `dy` before them. */
  #cameFrom(cells: Uint8Array, dx: number, dy: number): Uint8Array {
    const came = cells.slice();
    // Row by row, as memory is read fastest in its own order, and no further than until all differ.
    for (let top = 0; top < this.#now.height; top += CELL) {
      const bottom = Math.min(top + CELL, this.#now.height);
      for (let y = top; y < bottom && this.#dropDifferent(came, y, dx, dy); y++);
    }
    return came;
  }

  /** Takes those cells away that differ in a row of pixels; whether any is left there. */
  #dropDifferent(came: Uint8Array, y: number, dx: number, dy: number): boolean {
    const { width, height, pixels } = this.#now;
    const old = this.#before.pixels;
    const row = y * this.#now.stride;
    const source = (y - dy) * this.#before.stride - dx;
    const isInside = y - dy >= 0 && y - dy < height;
    const left = Math.max(0, dx);
    const right = Math.min(width, width + dx);
    let isLeft = false;
    for (let x = 0, cell = Math.floor(y / CELL) * this.#columns; x < width; x += CELL, cell++) {
      if (came[cell] === 0) continue;
      const count = Math.min(CELL, width - x);
      if (
        isInside && x >= left && x + count <= right &&
        sameFor(pixels, row + x, old, source + x, count) === count
      ) {
        isLeft = true;
      } else {
        came[cell] = 0;
      }
    }
    return isLeft;
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
    return contains(this.#now.bounds, move.to) && contains(this.#before.bounds, source) &&
      isSame(this.#before, source, this.#now, move.to);
  }

  #fill(cells: Uint8Array, { left, top, right, bottom }: CellRect, value: 0 | 1): void {
    for (let row = top * this.#columns; row < bottom * this.#columns; row += this.#columns) {
      cells.fill(value, row + left, row + right);
    }
  }

  #rectOf({ left, top, right, bottom }: CellRect): Rect {
    const x = left * CELL;
    const y = top * CELL;
    const width = Math.min(right * CELL, this.#now.width) - x;
    return { x, y, width, height: Math.min(bottom * CELL, this.#now.height) - y };
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
