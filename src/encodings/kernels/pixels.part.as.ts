// What kernels that write pixels in tiles share.

/** A pixel value as it is written, low byte first: `size` bytes, of which `lowest` is the lowest bit. */
// @ts-ignore: AssemblyScript's decorator
@inline
export function written(value: u32, size: u32, lowest: u32, isBigEndian: bool): u32 {
  value >>>= lowest;
  return isBigEndian ? bswap(value) >>> (32 - 8 * size) : value;
}

/** Bit n is set if lane n of these 16, four a vector, is all ones rather than zero. */
// @ts-ignore: AssemblyScript's decorator
@inline
export function laneBits(a: v128, b: v128, c: v128, d: v128): u32 {
  const low = i16x8.narrow_i32x4_s(a, b);
  const high = i16x8.narrow_i32x4_s(c, d);
  return i8x16.bitmask(i8x16.narrow_i16x8_s(low, high));
}
