// The kernel of `indexed.ts`, in AssemblyScript.

/** A hash table with linear probing: 1 + a colour's number, or 0. */
const SLOT_BITS: u32 = 10;
const SLOTS: u32 = 1 << SLOT_BITS;

/** The end of the run of one colour that begins at a value. */
// @ts-ignore: AssemblyScript's decorator
@inline
function endOfRun(at: usize, end: usize): usize {
  const colour = load<u32>(at);
  const four = i32x4.splat(colour);
  at += 4;
  while (at + 16 <= end && i32x4.all_true(i32x4.eq(v128.load(at), four))) at += 16;
  while (at < end && load<u32>(at) == colour) at += 4;
  return at;
}

/**
 * Numbers the colours of pixel values as they turn up.
 * @param limit How many may have a number, at most 256.
 * @param indices Room for a byte for each value, and 16 more.
 * @param colours Room for 256 words.
 * @param slots Room for 2048 bytes.
 * @returns How many colours there are; 0 if there are more than `limit`.
 */
export function index(
  from: usize,
  count: usize,
  limit: u32,
  indices: usize,
  colours: usize,
  slots: usize,
): u32 {
  memory.fill(slots, 0, 2 * SLOTS);
  let size: u32 = 0;
  for (const end = from + 4 * count; from < end;) {
    const colour = load<u32>(from);
    let slot = (colour * 0x9e3779b1) >> (32 - SLOT_BITS);
    let number = <u32> load<u16>(slots + 2 * slot);
    while (number != 0 && load<u32>(colours + 4 * (number - 1)) != colour) {
      slot = (slot + 1) & (SLOTS - 1);
      number = <u32> load<u16>(slots + 2 * slot);
    }
    if (number == 0) {
      if (size == limit) return 0;
      store<u32>(colours + 4 * size, colour);
      number = ++size;
      store<u16>(slots + 2 * slot, <u16> number);
    }
    const runEnd = endOfRun(from, end);
    const pixels = (runEnd - from) >> 2;
    // What is written behind a short run is overwritten by the next one.
    if (pixels <= 16) v128.store(indices, i8x16.splat(<u8> (number - 1)));
    else memory.fill(indices, <u8> (number - 1), pixels);
    indices += pixels;
    from = runEnd;
  }
  return size;
}

/** Eight numbers of 0 or 1 as the bits of a byte, twice: the first one is the highest bit. */
// @ts-ignore: AssemblyScript's decorator
@inline
function bits(numbers: v128): u32 {
  const backwards = v128.shuffle<u8>(
    numbers,
    numbers,
    7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8,
  );
  return i8x16.bitmask(i8x16.shl(backwards, 7));
}

/**
 * Packs rows of the numbers 0 and 1 into bits, each row from a byte's start.
 * @param from Up to 15 bytes behind the numbers are read.
 * @param to Up to a byte behind the bits is overwritten.
 */
export function packBits(from: usize, width: usize, height: usize, to: usize): void {
  const rowBytes = (width + 7) >> 3;
  const unused = 8 * <u32> rowBytes - <u32> width;
  for (let row: usize = 0; row < height; row++) {
    for (let x: usize = 0; x < width; x += 16) {
      store<u16>(to + (x >> 3), <u16> bits(v128.load(from + x)));
    }
    from += width;
    to += rowBytes;
    store<u8>(to - 1, <u8> (<u32> load<u8>(to - 1) >> unused << unused));
  }
}
