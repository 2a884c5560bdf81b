// The kernel of `moves.ts`, in AssemblyScript.

/** The colour of a word. */
const COLOUR: u32 = 0xffffff;

const CELL: i32 = 16;

/** Whether 4 words differ in colour. */
// @ts-ignore: AssemblyScript's decorator
@inline
function differ(a: usize, b: usize): bool {
  const difference = v128.xor(v128.load(a), v128.load(b));
  return v128.any_true(v128.and(difference, i32x4.splat(COLOUR)));
}

// @ts-ignore: AssemblyScript's decorator
@inline
function differsAt(a: usize, b: usize): bool {
  return ((load<u32>(a) ^ load<u32>(b)) & COLOUR) != 0;
}

/** How many of `count` words have the same colour, before the first that doesn't. */
export function sameFor(a: usize, b: usize, count: i32): i32 {
  let i = 0;
  while (i + 4 <= count && !differ(a + 4 * i, b + 4 * i)) i += 4;
  while (i < count && !differsAt(a + 4 * i, b + 4 * i)) i++;
  return i;
}

/** How many words are left of `count` without the last ones that have the same colour. */
export function differentUpTo(a: usize, b: usize, count: i32): i32 {
  while (count >= 4 && !differ(a + 4 * count - 16, b + 4 * count - 16)) count -= 4;
  while (count > 0 && !differsAt(a + 4 * count - 4, b + 4 * count - 4)) count--;
  return count;
}

/** Whether two rectangles of pixels have the same colours; `stride` in words. */
export function isSame(a: usize, b: usize, stride: i32, width: i32, height: i32): bool {
  for (let row = 0; row < height; row++) {
    if (sameFor(a, b, width) < width) return false;
    a += 4 * stride;
    b += 4 * stride;
  }
  return true;
}

/** Takes those cells of a row of them away that differ in one row of pixels; whether any is left. */
function dropDifferent(
  from: usize,
  source: usize,
  width: i32,
  left: i32,
  right: i32,
  cells: usize,
): bool {
  let isLeft = false;
  for (let x = 0; x < width; x += CELL, cells++) {
    if (load<u8>(cells) == 0) continue;
    const count = min(CELL, width - x);
    if (x >= left && x + count <= right && sameFor(from + 4 * x, source + 4 * x, count) == count) {
      isLeft = true;
    } else {
      store<u8>(cells, 0);
    }
  }
  return isLeft;
}

/**
 * Leaves those cells that hold what was `dx`, `dy` before them.
 * @param now The new picture, of `width` words a row, as the old one.
 * @param cells A byte for each, 1 or 0, row by row.
 */
export function keepMoved(
  now: usize,
  before: usize,
  width: i32,
  height: i32,
  cells: usize,
  dx: i32,
  dy: i32,
): void {
  const columns = (width + CELL - 1) / CELL;
  const left = max(0, dx);
  const right = min(width, width + dx);
  for (let top = 0; top < height; top += CELL, cells += columns) {
    const bottom = min(top + CELL, height);
    // Row by row, as memory is read fastest in its own order, and no further than until all differ.
    for (let y = top; y < bottom; y++) {
      const isInside = y - dy >= 0 && y - dy < height;
      const source = before + 4 * ((y - dy) * width - dx);
      const end = isInside ? right : 0;
      if (!dropDifferent(now + 4 * y * width, source, width, left, end, cells)) break;
    }
  }
}
