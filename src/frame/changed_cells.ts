import type { Rect } from "./rect.ts";
import { Region } from "./region.ts";

/** Width and height of a cell: small enough for tight rectangles, large enough for few of them. */
export const CELL = 16;

/** A run goes on over one unchanged cell: a quarter fewer rectangles in scrolled text, as many bytes. */
const MAX_STEP = 2;

/** Cells of a row that changed, next to each other or nearly, with the exact left and right edge of the change. */
interface Run {
  readonly firstCell: number;
  lastCell: number;
  left: number;
  right: number;
}

/** Rows of cells with the same runs, with the exact top and bottom of the change. */
interface Band {
  lastRow: number;
  top: number;
  bottom: number;
  runs: Run[];
}

/**
 * Where a picture changed, collected in cells of 16x16 pixels. Each cell keeps which of its rows and
 * columns hold a change, so the rectangles made of cells shrink to exact edges.
 */
export class ChangedCells {
  readonly #columns: number;
  readonly #rows: number;
  readonly #cells: Uint32Array;

  /**
   * @param cells One word a cell, row by row: bits 16 to 31 are its changed rows, bits 0 to 15 its
   *   changed columns. Whoever finds a change sets them.
   */
  constructor(width: number, height: number, cells: Uint32Array) {
    this.#columns = Math.ceil(width / CELL);
    this.#rows = Math.ceil(height / CELL);
    this.#cells = cells;
  }

  /** Returns what was marked within `areas` as few, tight rectangles, and forgets it. */
  take(areas: readonly Rect[]): Region {
    let firstRow = this.#rows;
    let endRow = 0;
    for (const { y, height } of areas) {
      firstRow = Math.min(firstRow, Math.floor(y / CELL));
      endRow = Math.max(endRow, Math.ceil((y + height) / CELL));
    }
    const bands: Band[] = [];
    for (let row = firstRow; row < endRow; row++) {
      const band = this.#bandOf(row);
      if (band !== undefined && !joins(bands.at(-1), band)) bands.push(band);
    }
    this.#cells.fill(0, firstRow * this.#columns, endRow * this.#columns);
    return Region.of(...bands.flatMap(({ top, bottom, runs }) =>
      runs.map(({ left, right }) => ({
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
      }))
    ));
  }

  #bandOf(row: number): Band | undefined {
    const runs: Run[] = [];
    let rowBits = 0;
    for (let column = 0; column < this.#columns; column++) {
      const changed = this.#cells[row * this.#columns + column]!;
      if (changed === 0) continue;
      rowBits |= changed >>> 16;
      const columnBits = changed & 0xffff;
      const right = column * CELL + highestBit(columnBits) + 1;
      const run = runs.at(-1);
      if (run !== undefined && column - run.lastCell <= MAX_STEP) {
        run.lastCell = column;
        run.right = right;
      } else {
        const left = column * CELL + lowestBit(columnBits);
        runs.push({ firstCell: column, lastCell: column, left, right });
      }
    }
    if (runs.length === 0) return undefined;
    const top = row * CELL + lowestBit(rowBits);
    return { lastRow: row, top, bottom: row * CELL + highestBit(rowBits) + 1, runs };
  }
}

/** Adds `next` to the band above it if they touch and have the same runs. */
function joins(band: Band | undefined, next: Band): boolean {
  if (
    band === undefined || band.lastRow !== next.lastRow - 1 ||
    band.runs.length !== next.runs.length ||
    !band.runs.every(({ firstCell, lastCell }, i) =>
      firstCell === next.runs[i]!.firstCell && lastCell === next.runs[i]!.lastCell
    )
  ) {
    return false;
  }
  band.lastRow = next.lastRow;
  band.bottom = next.bottom;
  for (const [i, run] of band.runs.entries()) {
    run.left = Math.min(run.left, next.runs[i]!.left);
    run.right = Math.max(run.right, next.runs[i]!.right);
  }
  return true;
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function highestBit(bits: number): number {
  return 31 - Math.clz32(bits);
}
