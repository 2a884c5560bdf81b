// What deflate's symbols are (RFC 1951 §3.2.5), and where the kernel `deflate.as.ts` keeps what it
// knows about them: the first 128 KiB of its memory are its own.

/** Literals and the end of the block, then lengths. */
export const LITERAL_SYMBOLS: u32 = 286;
export const END_OF_BLOCK: u32 = 256;
export const DISTANCE_SYMBOLS: u32 = 30;
/** What code lengths are written in. */
export const LENGTH_SYMBOLS: u32 = 19;
/** Room for more than there are in any alphabet. */
const SYMBOLS: usize = 288;

export const MIN_MATCH: u32 = 3;
export const MAX_MATCH: u32 = 258;
export const WINDOW: usize = 32768;

/**
 * How often each symbol occurs in a block: words. Literals have four tables, so that equal neighbours
 * need not wait for each other; in the end their sums are in the first.
 */
export const LITERAL_COUNTS: usize = 64;
export const LITERAL_TABLE: usize = 4 * SYMBOLS;
export const DISTANCE_COUNTS: usize = LITERAL_COUNTS + 4 * LITERAL_TABLE;
export const LENGTH_COUNTS: usize = DISTANCE_COUNTS + 4 * SYMBOLS;
/** Their codes, with the number of bits above: words. */
export const LITERAL_CODES: usize = LENGTH_COUNTS + 4 * SYMBOLS;
export const DISTANCE_CODES: usize = LITERAL_CODES + 4 * SYMBOLS;
export const LENGTH_CODES: usize = DISTANCE_CODES + 4 * SYMBOLS;
/** The number of bits: bytes. */
export const LITERAL_LENGTHS: usize = LENGTH_CODES + 4 * SYMBOLS;
export const DISTANCE_LENGTHS: usize = LITERAL_LENGTHS + SYMBOLS;
export const LENGTH_LENGTHS: usize = DISTANCE_LENGTHS + SYMBOLS;
/** The bits that symbols are expected to take: bytes. */
export const LITERAL_COSTS: usize = LENGTH_LENGTHS + SYMBOLS;
export const DISTANCE_COSTS: usize = LITERAL_COSTS + SYMBOLS;
/** For Huffman's algorithm: words. */
export const SORTED: usize = DISTANCE_COSTS + SYMBOLS;
export const SPARE: usize = SORTED + 4 * SYMBOLS;
export const NODES: usize = SPARE + 4 * SYMBOLS;
/** All code lengths of a block, as they are written: symbols, and what goes with them. */
export const RUNS: usize = NODES + 4 * SYMBOLS;
/** A block's matches: literals before it, its length and its distance. */
export const TOKENS: usize = RUNS + 4 * SYMBOLS;
export const MAX_TOKENS: u32 = 4000;
/** Hash tables: where the same three, and the same six bytes were seen last. */
export const HASH_BITS: u32 = 13;
export const TRIPLES: usize = TOKENS + 8 * MAX_TOKENS;
export const LONGS: usize = TRIPLES + (4 << HASH_BITS);

/** The code of a distance (RFC 1951 §3.2.5). */
// @ts-ignore: AssemblyScript's decorator
@inline
export function distanceCode(distance: u32): u32 {
  const d = distance - 1;
  if (d < 4) return d;
  const high = 31 - clz(d);
  return 2 * high + (d >> (high - 1) & 1);
}

// @ts-ignore: AssemblyScript's decorator
@inline
export function distanceExtra(code: u32): u32 {
  return code < 4 ? 0 : (code >> 1) - 1;
}

/** The code of a match's length. */
// @ts-ignore: AssemblyScript's decorator
@inline
export function lengthCode(length: u32): u32 {
  if (length == MAX_MATCH) return 285;
  const l = length - 3;
  if (l < 8) return 257 + l;
  const high = 31 - clz(l);
  return 257 + 4 * (high - 1) + (l >> (high - 2) & 3);
}

// @ts-ignore: AssemblyScript's decorator
@inline
export function lengthExtra(code: u32): u32 {
  return code < 265 || code == 285 ? 0 : (code - 261) >> 2;
}

// @ts-ignore: AssemblyScript's decorator
@inline
export function count(counts: usize, symbol: u32): void {
  store<u32>(counts + 4 * symbol, load<u32>(counts + 4 * symbol) + 1);
}
