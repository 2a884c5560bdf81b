/**
 * How alike two pictures are: the peak signal-to-noise ratio over red, green and blue.
 * @param a As many pixels as `b`, a word each: `0x00RRGGBB`.
 * @returns Decibels: about 30 is a fair likeness and 40 a good one; Infinity when they are equal.
 */
export function psnr(a: Uint32Array, b: Uint32Array): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} pixels beside ${b.length}`);
  let squares = 0;
  for (let i = 0; i < a.length; i++) {
    for (const shift of [16, 8, 0]) {
      squares += ((a[i]! >>> shift & 0xff) - (b[i]! >>> shift & 0xff)) ** 2;
    }
  }
  return 10 * Math.log10(255 ** 2 / (squares / (3 * a.length)));
}
