/** A rectangle of cells; right and bottom edges are excluded. */
export interface CellRect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The rectangle of open cells that holds the most cells of value, and no row or column at its edges
 * without one.
 * @param columns Cells in a row.
 * @param open One byte a cell, row by row: 1 where the rectangle may be.
 * @param value The same: 1 for a cell of value.
 * @returns Undefined when no open cell is of value.
 */
export function bestRect(
  columns: number,
  open: Uint8Array,
  value: Uint8Array,
): { readonly rect: CellRect; readonly value: number } | undefined {
  const sums = new Sums(columns, value);
  let most = 0;
  let best: CellRect | undefined;
  const consider = (rect: CellRect) => {
    const count = sums.within(rect);
    if (count <= most) return;
    most = count;
    best = rect;
  };
  // Open cells above each other, from the present row upwards.
  const heights = new Uint16Array(columns + 1);
  for (let row = 0; row * columns < open.length; row++) {
    for (let column = 0; column < columns; column++) {
      heights[column] = open[row * columns + column] === 1 ? heights[column]! + 1 : 0;
    }
    eachUnderSkyline(heights, (left, right, height) => {
      consider({ left, right, top: row + 1 - height, bottom: row + 1 });
    });
  }
  return best && { rect: sums.trimmed(best), value: most };
}

/**
 * Visits the rectangles that stand on the ground below a skyline and can't grow without piercing it.
 * @param heights The skyline; its last one must be 0.
 */
function eachUnderSkyline(
  heights: Uint16Array,
  visit: (left: number, right: number, height: number) => void,
): void {
  // Where rectangles begin that go on until now, each higher than the one before it.
  const open: { left: number; height: number }[] = [];
  for (let column = 0; column < heights.length; column++) {
    const height = heights[column]!;
    let left = column;
    while (open.length > 0 && open.at(-1)!.height > height) {
      const ended = open.pop()!;
      left = ended.left;
      visit(left, column, ended.height);
    }
    if (height > 0 && open.at(-1)?.height !== height) open.push({ left, height });
  }
}

/** Counts the cells of value in any rectangle at once: a summed-area table. */
class Sums {
  /** One column and row more than there are cells. */
  readonly #sums: Int32Array;
  readonly #stride: number;

  constructor(columns: number, value: Uint8Array) {
    const stride = columns + 1;
    this.#stride = stride;
    this.#sums = new Int32Array(stride * (value.length / columns + 1));
    for (let i = 0, at = stride + 1; i < value.length; at++) {
      for (const end = i + columns; i < end; i++, at++) {
        this.#sums[at] = value[i]! + this.#sums[at - 1]! + this.#sums[at - stride]! -
          this.#sums[at - stride - 1]!;
      }
    }
  }

  within({ left, top, right, bottom }: CellRect): number {
    const from = top * this.#stride;
    const to = bottom * this.#stride;
    return this.#sums[to + right]! - this.#sums[to + left]! - this.#sums[from + right]! +
      this.#sums[from + left]!;
  }

  /** Without the rows and columns at its edges that hold no value; it must hold some. */
  trimmed(rect: CellRect): CellRect {
    let { left, top, right, bottom } = rect;
    while (this.within({ ...rect, right: left + 1 }) === 0) left++;
    while (this.within({ ...rect, left: right - 1 }) === 0) right--;
    while (this.within({ ...rect, bottom: top + 1 }) === 0) top++;
    while (this.within({ ...rect, top: bottom - 1 }) === 0) bottom--;
    return { left, top, right, bottom };
  }
}
