// The kernel of `tight_pixels.ts`, in AssemblyScript.

/** Writes red, green and blue of four words, a byte each; four bytes more are overwritten. */
// @ts-ignore: AssemblyScript's decorator
@inline
function put(to: usize, words: v128): void {
  v128.store(
    to,
    v128.shuffle<u8>(words, words, 2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 3, 3, 3, 3),
  );
}

/**
 * Writes words, 0x00RRGGBB, as three bytes each.
 * @param from Up to 12 bytes behind the words are read.
 * @param to Up to 13 bytes behind the pixels are overwritten.
 */
export function pack(from: usize, count: usize, to: usize): void {
  for (const end = from + 4 * count; from < end; from += 16, to += 12) put(to, v128.load(from));
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

/** As pack, after the gradient filter; the words are `width` in each of `height` rows. */
export function gradient(from: usize, width: usize, height: usize, to: usize): void {
  for (let row: usize = 0; row < height; row++) {
    let left = i32x4.splat(0);
    let corner = i32x4.splat(0);
    for (let x: usize = 0; x < width; x += 4) {
      const words = v128.load(from + 4 * x);
      const above = row == 0 ? i32x4.splat(0) : v128.load(from + 4 * x - 4 * width);
      // What is written behind a row's end is overwritten by the next row.
      put(to + 3 * x, differences(words, shifted(left, words), above, shifted(corner, above)));
      left = words;
      corner = above;
    }
    from += 4 * width;
    to += 3 * width;
  }
}
