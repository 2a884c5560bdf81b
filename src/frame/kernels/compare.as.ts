// The kernel of `compare.ts`, in AssemblyScript.

/** The colour of a word. */
const COLOUR: u32 = 0xffffff;

/** Bit n is set if word n of the two differs. */
// @ts-ignore: AssemblyScript's decorator
@inline
function differing(a: v128, b: v128): u32 {
  return i32x4.bitmask(i32x4.ne(a, b));
}

/** Some pixels of a row that are no whole cell; as below. */
function compareSome(from: usize, to: usize, first: u32, count: u32): u32 {
  let columns: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const colour = load<u32>(from + 4 * i) & COLOUR;
    if (colour == load<u32>(to + 4 * i)) continue;
    store<u32>(to + 4 * i, colour);
    columns |= 1 << (first + i);
  }
  return columns;
}

/** The 16 pixels of a cell's row: copies them if they differ, and tells which do. */
// @ts-ignore: AssemblyScript's decorator
@inline
function compareCell(from: usize, to: usize): u32 {
  const colour = i32x4.splat(COLOUR);
  const a = v128.and(v128.load(from), colour);
  const b = v128.and(v128.load(from, 16), colour);
  const c = v128.and(v128.load(from, 32), colour);
  const d = v128.and(v128.load(from, 48), colour);
  const columns = differing(a, v128.load(to)) | differing(b, v128.load(to, 16)) << 4 |
    differing(c, v128.load(to, 32)) << 8 | differing(d, v128.load(to, 48)) << 12;
  if (columns != 0) {
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
  return columns;
}

/**
 * Compares one row of an area.
 * @param from The new pixels.
 * @param to The old ones, which become like them.
 * @param x Of the area's left edge, in pixels.
 * @param cells The words of this row of cells.
 * @param row The bit of this row in such a word.
 */
function compareRow(
  from: usize,
  to: usize,
  x: u32,
  width: u32,
  cells: usize,
  row: u32,
): void {
  const right = x + width;
  while (x < right) {
    const cell = cells + 4 * (x >> 4);
    const first = x & 15;
    const count = min(right - x, 16 - first);
    const columns = count == 16 ? compareCell(from, to) : compareSome(from, to, first, count);
    if (columns != 0) store<u32>(cell, load<u32>(cell) | row | columns);
    from += 4 * count;
    to += 4 * count;
    x += count;
  }
}

/**
 * Compares rows of an area, all of which lie in one row of cells.
 * @param stride Words from a row of both to the next.
 * @param row The first one's place in its cells.
 */
export function compareRows(
  from: usize,
  to: usize,
  stride: u32,
  x: u32,
  width: u32,
  cells: usize,
  row: u32,
  rows: u32,
): void {
  for (let i: u32 = 0; i < rows; i++) {
    compareRow(from, to, x, width, cells, 0x10000 << (row + i));
    from += 4 * stride;
    to += 4 * stride;
  }
}
