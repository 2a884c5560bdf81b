// The kernel of `tight_pixels.ts`, in AssemblyScript.

/** Red, green and blue of four pixel values in the lowest three bytes of each word. */
// @ts-ignore: AssemblyScript's decorator
@inline
function rgb(values: v128, red: u32, green: u32, blue: u32): v128 {
  const byte = i32x4.splat(0xff);
  const reds = v128.and(i32x4.shr_u(values, red), byte);
  const greens = v128.and(i32x4.shr_u(values, green), byte);
  const blues = v128.and(i32x4.shr_u(values, blue), byte);
  return v128.or(v128.or(reds, i32x4.shl(greens, 8)), i32x4.shl(blues, 16));
}

/** Writes the three bytes of each of four words; four bytes more are overwritten. */
// @ts-ignore: AssemblyScript's decorator
@inline
function put(to: usize, words: v128): void {
  v128.store(
    to,
    v128.shuffle<u8>(words, words, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 3, 3, 3),
  );
}

/**
 * Writes pixel values as three bytes each.
 * @param from Up to 12 bytes behind the values are read.
 * @param to Up to 16 bytes behind the pixels are overwritten.
 * @param red How far red stands from the lowest bit; the others too.
 */
export function pack(
  from: usize,
  count: usize,
  to: usize,
  red: u32,
  green: u32,
  blue: u32,
): void {
  for (const end = from + 4 * count; from < end; from += 16, to += 12) {
    put(to, rgb(v128.load(from), red, green, blue));
  }
}

/** Bytes less what the bytes left, above and above left of them let expect. */
// @ts-ignore: AssemblyScript's decorator
@inline
function differences(bytes: v128, left: v128, above: v128, corner: v128): v128 {
  const low = i16x8.sub(
    i16x8.add(i16x8.extend_low_i8x16_u(left), i16x8.extend_low_i8x16_u(above)),
    i16x8.extend_low_i8x16_u(corner),
  );
  const high = i16x8.sub(
    i16x8.add(i16x8.extend_high_i8x16_u(left), i16x8.extend_high_i8x16_u(above)),
    i16x8.extend_high_i8x16_u(corner),
  );
  return i8x16.sub(bytes, i8x16.narrow_i16x8_u(low, high));
}

/** The words before those of `words`: the last of `before`, and all but the last of `words`. */
// @ts-ignore: AssemblyScript's decorator
@inline
function shifted(before: v128, words: v128): v128 {
  return v128.shuffle<u32>(before, words, 3, 4, 5, 6);
}

/** As pack, after the gradient filter; the values are `width` in each of `height` rows. */
export function gradient(
  from: usize,
  width: usize,
  height: usize,
  to: usize,
  red: u32,
  green: u32,
  blue: u32,
): void {
  for (let row: usize = 0; row < height; row++) {
    const above = from + 4 * (row - 1) * width;
    const here = from + 4 * row * width;
    const out = to + 3 * row * width;
    let left = i32x4.splat(0);
    let corner = i32x4.splat(0);
    for (let x: usize = 0; x < width; x += 4) {
      const words = rgb(v128.load(here + 4 * x), red, green, blue);
      const aboveWords = row == 0
        ? i32x4.splat(0)
        : rgb(v128.load(above + 4 * x), red, green, blue);
      const change = differences(
        words,
        shifted(left, words),
        aboveWords,
        shifted(corner, aboveWords),
      );
      // What is written behind a row's end is overwritten by the next row.
      put(out + 3 * x, change);
      left = words;
      corner = aboveWords;
    }
  }
}
