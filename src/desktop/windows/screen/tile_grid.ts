import type { Framebuffer } from "../../../frame/framebuffer.ts";
import { intersect, isEmpty, type Rect } from "../../../frame/rect.ts";
import { Region } from "../../../frame/region.ts";

/** Pixels: the width and height of a tile. */
export const TILE = 64;

/** A screen cut into tiles, which have numbers row by row. */
export class TileGrid {
  readonly columns: number;
  readonly rows: number;
  readonly #bounds: Rect;

  constructor(bounds: Rect) {
    this.#bounds = bounds;
    this.columns = Math.ceil(bounds.width / TILE);
    this.rows = Math.ceil(bounds.height / TILE);
  }

  get size(): number {
    return this.columns * this.rows;
  }

  /** Where a tile is. */
  rect(tile: number): Rect {
    return this.#span(Math.floor(tile / this.columns), tile % this.columns, 1);
  }

  /** The tiles that share a pixel with a rectangle, which may reach beyond the screen. */
  meeting(rect: Rect): number[] {
    const inside = intersect(rect, this.#bounds);
    if (isEmpty(inside)) return [];
    const [left, top] = [Math.floor(inside.x / TILE), Math.floor(inside.y / TILE)];
    const right = Math.ceil((inside.x + inside.width) / TILE);
    const bottom = Math.ceil((inside.y + inside.height) / TILE);
    const tiles: number[] = [];
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) tiles.push(row * this.columns + column);
    }
    return tiles;
  }

  /** What the tiles cover together. */
  region(tiles: Iterable<number>): Region {
    const sorted = [...tiles].sort((a, b) => a - b);
    const rects: Rect[] = [];
    for (let i = 0; i < sorted.length;) {
      const first = sorted[i]!;
      const row = Math.floor(first / this.columns);
      let count = 1;
      while (sorted[i + count] === first + count && (first + count) % this.columns !== 0) count++;
      rects.push(this.#span(row, first % this.columns, count));
      i += count;
    }
    return Region.of(...rects);
  }

  #span(row: number, column: number, count: number): Rect {
    const at = { x: column * TILE, y: row * TILE, width: count * TILE, height: TILE };
    return intersect(at, this.#bounds);
  }
}

/** Whether two pictures of the same size have other colours somewhere in a rectangle. */
export function differ(a: Framebuffer, b: Framebuffer, { x, y, width, height }: Rect): boolean {
  const [left, right] = [a.pixels, b.pixels];
  for (let row = y; row < y + height; row++) {
    const end = row * a.stride + x + width;
    let at = row * b.stride + x;
    // The top byte of a pixel may hold anything.
    for (let i = end - width; i < end; i++, at++) {
      if (((left[i]! ^ right[at]!) & 0xffffff) !== 0) return true;
    }
  }
  return false;
}
