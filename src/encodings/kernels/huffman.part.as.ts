// Huffman codes, for the kernel `deflate.as.ts`.

import { count, NODES, SORTED, SPARE } from "./deflate_symbols.part.as";

/** Bits of the longest code: one less than allowed, so that four, and 7 bits before them, fit into 64. */
export const MAX_BITS: u32 = 14;

/** One pass of a radix sort of keys whose counts are above their lowest 9 bits. */
function sortBy(from: usize, to: usize, n: u32, shift: u32): void {
  const places = NODES;
  memory.fill(places, 0, 4 * 257);
  for (let i: u32 = 0; i < n; i++) count(places + 4, load<u32>(from + 4 * i) >> shift & 255);
  for (let i: u32 = 1; i < 256; i++) {
    store<u32>(places + 4 * i, load<u32>(places + 4 * i) + load<u32>(places + 4 * (i - 1)));
  }
  for (let i: u32 = 0; i < n; i++) {
    const key = load<u32>(from + 4 * i);
    const at = places + 4 * (key >> shift & 255);
    const n = load<u32>(at);
    store<u32>(to + 4 * n, key);
    store<u32>(at, n + 1);
  }
}

// @ts-ignore: AssemblyScript's decorator
@inline
function node(i: u32): u32 {
  return load<u32>(NODES + 4 * i);
}

// @ts-ignore: AssemblyScript's decorator
@inline
function setNode(i: u32, value: u32): void {
  store<u32>(NODES + 4 * i, value);
}

/**
 * Turns n counts in ascending order into code lengths, in place (Moffat and Katajainen, "In-Place
 * Calculation of Minimum-Redundancy Codes", 1995).
 */
function countsToLengths(n: u32): void {
  setNode(0, node(0) + node(1));
  let root: u32 = 0;
  let leaf: u32 = 2;
  for (let next: u32 = 1; next < n - 1; next++) {
    if (leaf >= n || node(root) < node(leaf)) {
      setNode(next, node(root));
      setNode(root++, next);
    } else setNode(next, node(leaf++));
    if (leaf >= n || root < next && node(root) < node(leaf)) {
      setNode(next, node(next) + node(root));
      setNode(root++, next);
    } else setNode(next, node(next) + node(leaf++));
  }
  setNode(n - 2, 0);
  for (let next = <i32> n - 3; next >= 0; next--) setNode(next, node(node(next)) + 1);
  let available: u32 = 1;
  let depth: u32 = 0;
  let inner = <i32> n - 2;
  let next = <i32> n - 1;
  while (available > 0) {
    let used: u32 = 0;
    while (inner >= 0 && node(inner) == depth) used++, inner--;
    for (; available > used; available--) setNode(next--, depth);
    available = 2 * used;
    depth++;
  }
}

/** Finds the lengths of Huffman codes for some symbols, at least two of which get one. */
export function findLengths(counts: usize, symbols: u32, maxBits: u32, lengths: usize): void {
  let n: u32 = 0;
  for (let i: u32 = 0; i < symbols; i++) {
    if (load<u32>(counts + 4 * i) > 0) n++;
  }
  for (let i: u32 = 0; n < 2; i++) {
    if (load<u32>(counts + 4 * i) > 0) continue;
    store<u32>(counts + 4 * i, 1);
    n++;
  }
  n = 0;
  for (let i: u32 = 0; i < symbols; i++) {
    const times = load<u32>(counts + 4 * i);
    store<u8>(lengths + i, 0);
    if (times > 0) store<u32>(SORTED + 4 * n++, times << 9 | i);
  }
  sortBy(SORTED, SPARE, n, 9);
  sortBy(SPARE, SORTED, n, 17);
  // Halved counts make codes more alike, until the longest is short enough.
  for (let halvings: u32 = 0; halvings == 0 || node(0) > maxBits; halvings++) {
    for (let i: u32 = 0; i < n; i++) {
      const times = load<u32>(SORTED + 4 * i) >> 9;
      setNode(i, max(times >> halvings, 1));
    }
    countsToLengths(n);
  }
  for (let i: u32 = 0; i < n; i++) {
    store<u8>(lengths + (load<u32>(SORTED + 4 * i) & 511), node(i));
  }
}

/** The lowest `count` bits in reverse order. */
function reversed(value: u32, count: u32): u32 {
  value = (value & 0x55555555) << 1 | value >> 1 & 0x55555555;
  value = (value & 0x33333333) << 2 | value >> 2 & 0x33333333;
  value = (value & 0x0f0f0f0f) << 4 | value >> 4 & 0x0f0f0f0f;
  return bswap(value) >> (32 - count);
}

/** Finds the codes that belong to lengths (RFC 1951 §3.2.2). */
export function findCodes(lengths: usize, symbols: u32, codes: usize): void {
  const next = NODES;
  memory.fill(next, 0, 4 * (MAX_BITS + 2));
  for (let i: u32 = 0; i < symbols; i++) count(next + 4, load<u8>(lengths + i));
  store<u32>(next + 4, 0);
  for (let length: u32 = 1; length <= MAX_BITS; length++) {
    const before = load<u32>(next + 4 * (length - 1));
    store<u32>(next + 4 * length, (before + load<u32>(next + 4 * length)) << 1);
  }
  for (let i: u32 = 0; i < symbols; i++) {
    const length: u32 = load<u8>(lengths + i);
    if (length == 0) continue;
    const code = load<u32>(next + 4 * length);
    store<u32>(next + 4 * length, code + 1);
    store<u32>(codes + 4 * i, reversed(code, length) | length << 16);
  }
}

