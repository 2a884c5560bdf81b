import type { Rect } from "../../../frame/rect.ts";
import { TILE, type TileGrid } from "./tile_grid.ts";

/** Milliseconds within which every tile is looked at. */
const COLD = 500;
/** The same where something is likely to change: the window in use, and around the pointer. */
const NEAR = 150;
/** For how many milliseconds after a change, or input, more of that is likely. */
const STIR = 5000;
/** And when there was input just now. */
const NEAR_IN_HASTE = 40;
/** For how many milliseconds what input does is waited for. */
const HASTE = 500;
/** How long a tile that has changed is looked at in each beat: longer than a text cursor is off. */
const HOT = 600;

/** Decides which tiles of a screen that nobody reports changes of are looked at, and when. */
export class LookPlan {
  readonly #grid: TileGrid;
  /** When each tile was looked at last. */
  readonly #lookedAt: Float64Array;
  /** Until when each is looked at in every beat. */
  readonly #hotUntil: Float64Array;
  #hasteUntil = -Infinity;
  #stirUntil: number;

  /** @param now Milliseconds of any clock, as everywhere here: all of the screen was seen then. */
  constructor(grid: TileGrid, now: number) {
    this.#grid = grid;
    this.#lookedAt = new Float64Array(grid.size).fill(now);
    this.#hotUntil = new Float64Array(grid.size).fill(-Infinity);
    this.#stirUntil = now + STIR;
  }

  /** There was input: what it does will be seen soon. */
  hurry(now: number): void {
    this.#hasteUntil = now + HASTE;
    this.#stirUntil = now + STIR;
  }

  /**
   * The tiles to look at now, each once in a while, row by row so that every beat has a part of them.
   * @param near Where changes are likely.
   */
  due(now: number, near: readonly Rect[]): number[] {
    const period = new Float64Array(this.#grid.size).fill(COLD);
    const nearPeriod = this.#nearPeriod(now);
    for (const rect of near) {
      for (const tile of this.#grid.meeting(rect)) period[tile] = nearPeriod;
    }
    const tiles: number[] = [];
    for (const [tile, each] of period.entries()) {
      if (this.#isDue(tile, each, now)) tiles.push(tile);
    }
    return this.#look(tiles, now);
  }

  /**
   * Notes that tiles were found changed.
   * @param radius How many tiles around them to look at now, too.
   * @returns Those of them that haven't been looked at yet.
   */
  changed(tiles: readonly number[], radius: number, now: number): number[] {
    if (tiles.length > 0) this.#stirUntil = now + STIR;
    const around = new Set<number>();
    for (const tile of tiles) {
      this.#hotUntil[tile] = now + HOT;
      const { x, y } = this.#grid.rect(tile);
      const size = (2 * radius + 1) * TILE;
      const rect = { x: x - radius * TILE, y: y - radius * TILE, width: size, height: size };
      for (const other of this.#grid.meeting(rect)) {
        if (this.#lookedAt[other]! < now) around.add(other);
      }
    }
    return this.#look([...around], now);
  }

  #nearPeriod(now: number): number {
    if (now < this.#hasteUntil) return NEAR_IN_HASTE;
    return now < this.#stirUntil ? NEAR : COLD;
  }

  /** Each row of tiles has a turn of its own within the period. */
  #isDue(tile: number, period: number, now: number): boolean {
    if (now < this.#hotUntil[tile]!) return true;
    const turn = Math.floor(tile / this.#grid.columns) / this.#grid.rows;
    return Math.floor(now / period + turn) > Math.floor(this.#lookedAt[tile]! / period + turn);
  }

  #look(tiles: number[], now: number): number[] {
    for (const tile of tiles) this.#lookedAt[tile] = now;
    return tiles;
  }
}
