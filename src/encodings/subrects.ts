/**
 * The rectangles of a single colour on a background, of which RRE, CoRRE and Hextile make their
 * pictures. An instance is a workspace: one serves many pieces of a picture, one after the other.
 */
export class Subrects {
  /** How many were found. */
  count = 0;
  readonly colours: Uint32Array;
  readonly xs: Uint16Array;
  readonly ys: Uint16Array;
  readonly widths: Uint16Array;
  readonly heights: Uint16Array;
  /** The pixels in which found subrectangles turn into background. */
  readonly #pixels: Uint32Array;

  /** @param size The pixels of the largest piece. */
  constructor(size: number) {
    this.colours = new Uint32Array(size);
    this.xs = new Uint16Array(size);
    this.ys = new Uint16Array(size);
    this.widths = new Uint16Array(size);
    this.heights = new Uint16Array(size);
    this.#pixels = new Uint32Array(size);
  }

  /**
   * Covers all pixels that aren't background by disjoint subrectangles. Greedy: each one starts at
   * the next pixel not yet covered, and is the larger of the widest and the tallest there.
   * @param values The piece's pixel values, row by row.
   * @param limit More subrectangles than this are of no use.
   * @returns Whether the limit was enough.
   */
  find(values: Uint32Array, width: number, background: number, limit: number): boolean {
    const size = values.length;
    const pixels = this.#pixels;
    pixels.set(values);
    this.count = 0;
    for (let at = 0; at < size; at++) {
      const colour = pixels[at]!;
      if (colour === background) continue;
      if (this.count === limit) return false;
      const x = at % width;
      const columns = runRight(pixels, at, width - x);
      const rows = runDown(pixels, at, width, size);
      let w = columns;
      let h = rowsOf(pixels, at, w, width, rows);
      if (h < rows) {
        const tallWidth = columnsOf(pixels, at, rows, width, columns);
        if (tallWidth * rows > w * h) {
          w = tallWidth;
          h = rows;
        }
      }
      for (let row = at; row < at + h * width; row += width) {
        for (let i = row; i < row + w; i++) pixels[i] = background;
      }
      this.colours[this.count] = colour;
      this.xs[this.count] = x;
      this.ys[this.count] = (at - x) / width;
      this.widths[this.count] = w;
      this.heights[this.count] = h;
      this.count++;
    }
    return true;
  }
}

/** How many pixels from `at` to the right have its colour, at most `limit`. */
function runRight(pixels: Uint32Array, at: number, limit: number): number {
  const colour = pixels[at]!;
  let count = 1;
  while (count < limit && pixels[at + count] === colour) count++;
  return count;
}

/** How many pixels from `at` downwards have its colour. */
function runDown(pixels: Uint32Array, at: number, stride: number, size: number): number {
  const colour = pixels[at]!;
  let count = 1;
  while (at + count * stride < size && pixels[at + count * stride] === colour) count++;
  return count;
}

/** How many rows, of `rows` that start in the colour, have it over the whole `width`. */
function rowsOf(
  pixels: Uint32Array,
  at: number,
  width: number,
  stride: number,
  rows: number,
): number {
  const colour = pixels[at]!;
  for (let row = 1; row < rows; row++) {
    const start = at + row * stride;
    for (let i = start + 1; i < start + width; i++) if (pixels[i] !== colour) return row;
  }
  return rows;
}

/** How many columns, of `columns` that start in the colour, have it over the whole `height`. */
function columnsOf(
  pixels: Uint32Array,
  at: number,
  height: number,
  stride: number,
  columns: number,
): number {
  const colour = pixels[at]!;
  for (let column = 1; column < columns; column++) {
    const end = at + column + height * stride;
    for (let i = at + column + stride; i < end; i += stride) {
      if (pixels[i] !== colour) return column;
    }
  }
  return columns;
}
