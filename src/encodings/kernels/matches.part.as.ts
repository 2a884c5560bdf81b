// Finds what repeats, for the kernel `deflate.as.ts`.

import {
  count,
  DISTANCE_COSTS,
  DISTANCE_COUNTS,
  DISTANCE_SYMBOLS,
  distanceCode,
  distanceExtra,
  END_OF_BLOCK,
  HASH_BITS,
  lengthCode,
  LITERAL_COSTS,
  LITERAL_COUNTS,
  LITERAL_SYMBOLS,
  LITERAL_TABLE,
  LONGS,
  MAX_MATCH,
  MAX_TOKENS,
  MIN_MATCH,
  TOKENS,
  TRIPLES,
  WINDOW,
} from "./deflate_symbols.part.as";

/** Symbols of a block: fewer of them have codes that fit better, but each block describes its codes. */
const MAX_SYMBOLS: u32 = MAX_TOKENS;

/** Bytes of a block: what one can hold that isn't compressed. */
export const MAX_BYTES: u32 = 0xffff;

/** Bytes that are read at a time; where fewer are left they aren't compared. */
const READ: usize = 8;

/** A match of six bytes or more at a place with these is better than one that is nearer. */
const LONG: u32 = 6;

/** So many of a match's last places are remembered: what is long repeats as a whole. */
const REMEMBERED: u32 = 32;

/** After so many bytes without a match, and again after as many more, fewer places are looked at. */
const PATIENCE: u32 = 128;
const MAX_STEP: u32 = 16;

/**
 * With more bytes a symbol than this in the block before, the next place is looked at, too, before a
 * match is taken that is shorter than `GOOD`.
 */
const REPETITIVE: u32 = 3;
const GOOD: u32 = 32;

/** What symbols are taken to cost in the first block, and one that the block before didn't have. */
const LITERAL_COST: u8 = 7;
const DISTANCE_COST: u8 = 5;
const UNSEEN_COST: u8 = 12;

/** How many matches the block has. */
export let tokenCount: u32;

/** The place of the match that was found last, and the end of the one that was taken last. */
let match: usize;
let quietSince: usize;

/** Whether it is worth to look for better matches. */
let isRepetitive: bool;

/** Forgets all that was seen. */
export function begin(from: usize): void {
  memory.fill(TRIPLES, 0, 8 << HASH_BITS);
  memory.fill(LITERAL_COSTS, LITERAL_COST, LITERAL_SYMBOLS);
  memory.fill(DISTANCE_COSTS, DISTANCE_COST, DISTANCE_SYMBOLS);
  quietSince = from;
  isRepetitive = true;
}

/** The next block will have similar symbols. */
export function learnCosts(lengths: usize, symbols: u32, costs: usize): void {
  for (let i: u32 = 0; i < symbols; i++) {
    const length = load<u8>(lengths + i);
    store<u8>(costs + i, length == 0 ? UNSEEN_COST : length);
  }
}

// @ts-ignore: AssemblyScript's decorator
@inline
function tripleAt(word: u32): usize {
  return TRIPLES + 4 * (((word & 0xffffff) * 0x9e3779b1) >>> (32 - HASH_BITS));
}

// @ts-ignore: AssemblyScript's decorator
@inline
function longAt(at: usize): usize {
  return LONGS + 4 * <usize> ((load<u64>(at) << 16) * 0x9fb21c651e98df25 >>> (64 - HASH_BITS));
}

/** How many bytes from `at` on are as those from `other` on, at most `limit`. */
// @ts-ignore: AssemblyScript's decorator
@inline
function matchLength(at: usize, other: usize, limit: u32): u32 {
  let length: u32 = 0;
  while (length < limit) {
    const different = load<u64>(at + length) ^ load<u64>(other + length);
    if (different != 0) return min(limit, length + <u32> (ctz(different) >> 3));
    length += 8;
  }
  return limit;
}

// @ts-ignore: AssemblyScript's decorator
@inline
function cost(costs: usize, symbol: u32): u32 {
  return load<u8>(costs + symbol);
}

/** Whether a match of three bytes takes less than the bytes. */
// @ts-ignore: AssemblyScript's decorator
@inline
function isCheap(word: u32, distance: u32): bool {
  const code = distanceCode(distance);
  return cost(LITERAL_COSTS, lengthCode(MIN_MATCH)) + cost(DISTANCE_COSTS, code) +
      distanceExtra(code) <
    cost(LITERAL_COSTS, word & 255) + cost(LITERAL_COSTS, word >> 8 & 255) +
      cost(LITERAL_COSTS, word >> 16 & 255);
}

/** Looks for the bytes at a place, and remembers the place: the length of a match, or 0. */
// @ts-ignore: AssemblyScript's decorator
@inline
function find(at: usize, end: usize): u32 {
  const word = load<u32>(at);
  const triple = tripleAt(word);
  const long = longAt(at);
  const near: usize = load<u32>(triple);
  const far: usize = load<u32>(long);
  store<u32>(triple, <u32> at);
  store<u32>(long, <u32> at);
  const longest = <u32> min(MAX_MATCH, end - at);
  if (at - far <= WINDOW && load<u32>(far) == word) {
    match = far;
    const length = matchLength(at, far, longest);
    if (length >= LONG) return length;
  }
  if (at - near > WINDOW || (load<u32>(near) ^ word) << 8 != 0) return 0;
  match = near;
  const length = matchLength(at, near, longest);
  return length > MIN_MATCH || isCheap(word, <u32> (at - near)) ? length : 0;
}

function forgetCounts(): void {
  memory.fill(LITERAL_COUNTS, 0, 4 * LITERAL_TABLE);
  memory.fill(DISTANCE_COUNTS, 0, 4 * DISTANCE_SYMBOLS);
  count(LITERAL_COUNTS, END_OF_BLOCK);
}

/** Counts the few literals before a match. */
function countLiterals(from: usize, end: usize): void {
  for (; from < end; from++) count(LITERAL_COUNTS, load<u8>(from));
}

/** Counts the literals behind the last match, and adds up the tables. */
function countTail(from: usize, end: usize): void {
  for (; from + 4 <= end; from += 4) {
    const bytes = load<u32>(from);
    count(LITERAL_COUNTS, bytes & 255);
    count(LITERAL_COUNTS + LITERAL_TABLE, bytes >> 8 & 255);
    count(LITERAL_COUNTS + 2 * LITERAL_TABLE, bytes >> 16 & 255);
    count(LITERAL_COUNTS + 3 * LITERAL_TABLE, bytes >> 24);
  }
  countLiterals(from, end);
  for (let at = LITERAL_COUNTS; at < LITERAL_COUNTS + LITERAL_TABLE; at += 16) {
    const first = i32x4.add(v128.load(at), v128.load(at + LITERAL_TABLE));
    const others = i32x4.add(v128.load(at + 2 * LITERAL_TABLE), v128.load(at + 3 * LITERAL_TABLE));
    v128.store(at, i32x4.add(first, others));
  }
}

/** Makes a block of literals alone, and returns where it ends. */
export function takeLiterals(from: usize, end: usize): usize {
  forgetCounts();
  tokenCount = 0;
  countTail(from, end);
  return end;
}

/** Finds the matches of a block, counts its symbols, and returns where it ends. */
export function findMatches(from: usize, end: usize): usize {
  forgetCounts();
  end = min(end, from + MAX_BYTES);
  const last = end - READ;
  let token = TOKENS;
  let literals = from;
  let at = from;
  let symbols: u32 = 0;
  for (; at < last && symbols < MAX_SYMBOLS; symbols++) {
    let length = find(at, end);
    if (length == 0) {
      const step = min(<u32> (at - quietSince) / PATIENCE, MAX_STEP);
      symbols += step;
      at += 1 + step;
      continue;
    }
    if (isRepetitive && length < GOOD && at + 1 < last) {
      const first = match;
      const next = find(at + 1, end);
      if (next > length + 1) {
        at++;
        length = next;
        symbols++;
      } else match = first;
    }
    store<u32>(token, <u32> (at - literals));
    store<u16>(token, length, 4);
    store<u16>(token, <u32> (at - match), 6);
    token += 8;
    countLiterals(literals, at);
    count(LITERAL_COUNTS, lengthCode(length));
    count(DISTANCE_COUNTS, distanceCode(<u32> (at - match)));
    literals = at + length;
    if (length > REMEMBERED) at = literals - REMEMBERED;
    while (++at < min(literals, last)) {
      store<u32>(tripleAt(load<u32>(at)), <u32> at);
      store<u32>(longAt(at), <u32> at);
    }
    at = quietSince = literals;
  }
  if (at >= last) at = end;
  isRepetitive = <u32> (at - from) > REPETITIVE * symbols;
  countTail(literals, at);
  tokenCount = <u32> (token - TOKENS) >> 3;
  return at;
}
