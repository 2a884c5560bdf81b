// The kernel of `deflate.ts`, in AssemblyScript. Deflate's format is in RFC 1951.

import {
  count,
  DISTANCE_CODES,
  DISTANCE_COUNTS,
  DISTANCE_COSTS,
  DISTANCE_LENGTHS,
  DISTANCE_SYMBOLS,
  distanceCode,
  distanceExtra,
  END_OF_BLOCK,
  LENGTH_CODES,
  LENGTH_COUNTS,
  LENGTH_LENGTHS,
  LENGTH_SYMBOLS,
  lengthCode,
  lengthExtra,
  LITERAL_CODES,
  LITERAL_COUNTS,
  LITERAL_COSTS,
  LITERAL_LENGTHS,
  LITERAL_SYMBOLS,
  MIN_MATCH,
  RUNS,
  SPARE,
  TOKENS,
} from "./deflate_symbols.part.as";
import { findCodes, findLengths, MAX_BITS } from "./huffman.part.as";
import {
  begin,
  findMatches,
  learnCosts,
  MAX_BYTES,
  takeLiterals,
  tokenCount,
} from "./matches.part.as";

/** A block's first three bits. */
const STORED: u32 = 0;
const FIXED_CODES: u32 = 2;
const CODES: u32 = 4;

/** Bits of the longest code for a code length. */
const LENGTH_MAX_BITS: u32 = 7;

/** There are fixed codes for two symbols more than are used. */
const FIXED_SYMBOLS: u32 = LITERAL_SYMBOLS + 2;

/** Where the next byte goes, and the bits before it that fill no byte yet. */
let out: usize;
let bits: u64;
let bitCount: u32;

/** How many symbols of each kind the block describes, and how many it takes for that. */
let literalSymbols: u32;
let distanceSymbols: u32;
let lengthSymbols: u32;
let runCount: u32;

// @ts-ignore: AssemblyScript's decorator
@inline
function put(value: u32, count: u32): void {
  bits |= <u64> value << bitCount;
  bitCount += count;
  store<u64>(out, bits);
  out += bitCount >> 3;
  bits >>= bitCount & ~7;
  bitCount &= 7;
}

function addRun(code: u32, extra: u32): void {
  store<u8>(RUNS + 2 * runCount, code);
  store<u8>(RUNS + 2 * runCount++, extra, 1);
  count(LENGTH_COUNTS, code);
}

/** Finds how the code lengths, which follow each other, are written (RFC 1951 §3.2.7). */
function findRuns(lengths: usize, symbols: u32): void {
  memory.fill(LENGTH_COUNTS, 0, 4 * LENGTH_SYMBOLS);
  runCount = 0;
  for (let i: u32 = 0; i < symbols;) {
    const length = load<u8>(lengths + i);
    let run: u32 = 1;
    while (i + run < symbols && load<u8>(lengths + i + run) == length) run++;
    i += run;
    if (length != 0) {
      addRun(length, 0);
      run--;
    }
    while (run >= 3) {
      const part = min(run, length != 0 ? 6 : 138);
      if (length != 0) addRun(16, part - 3);
      else if (part <= 10) addRun(17, part - 3);
      else addRun(18, part - 11);
      run -= part;
    }
    for (; run > 0; run--) addRun(length, 0);
  }
}

// @ts-ignore: AssemblyScript's decorator
@inline
function runExtra(code: u32): u32 {
  return code < 16 ? 0 : code == 16 ? 2 : code == 17 ? 3 : 7;
}

/** The place of code length number n in a block's head: those that are rare come last. */
// @ts-ignore: AssemblyScript's decorator
@inline
function lengthOrder(n: u32): u32 {
  if (n < 3) return 16 + n;
  if (n == 3) return 0;
  return n & 1 ? 8 - (n - 3 >> 1) : 8 + (n - 4 >> 1);
}

/** Bits that symbols take, without extra bits. */
function bitsOf(counts: usize, lengths: usize, symbols: u32): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < symbols; i++) sum += load<u32>(counts + 4 * i) * load<u8>(lengths + i);
  return sum;
}

/** Writes the code lengths of a block with Huffman codes of its own. */
function writeHead(): void {
  findCodes(LENGTH_LENGTHS, LENGTH_SYMBOLS, LENGTH_CODES);
  put(CODES, 3);
  put(literalSymbols - 257, 5);
  put(distanceSymbols - 1, 5);
  put(lengthSymbols - 4, 4);
  for (let n: u32 = 0; n < lengthSymbols; n++) put(load<u8>(LENGTH_LENGTHS + lengthOrder(n)), 3);
  for (let i: u32 = 0; i < runCount; i++) {
    const code: u32 = load<u8>(RUNS + 2 * i);
    const entry = load<u32>(LENGTH_CODES + 4 * code);
    put(entry & 0xffff, entry >> 16);
    put(load<u8>(RUNS + 2 * i, 1), runExtra(code));
  }
}

// @ts-ignore: AssemblyScript's decorator
@inline
function literalCode(byte: u32): u32 {
  return load<u32>(LITERAL_CODES + 4 * byte);
}

/** Writes literals that follow each other, four at a time. */
function writeLiterals(from: usize, end: usize): void {
  let b = bits;
  let n: u64 = bitCount;
  let to = out;
  for (; from + 4 <= end; from += 4) {
    const bytes = load<u32>(from);
    const first = literalCode(bytes & 255);
    const second = literalCode(bytes >> 8 & 255);
    const third = literalCode(bytes >> 16 & 255);
    const fourth = literalCode(bytes >> 24);
    const low = first & 0xffff | (second & 0xffff) << (first >> 16);
    const high = third & 0xffff | (fourth & 0xffff) << (third >> 16);
    const lowBits = (first >> 16) + (second >> 16);
    b |= (<u64> low | <u64> high << lowBits) << n;
    n += lowBits + (third >> 16) + (fourth >> 16);
    store<u64>(to, b);
    to += <usize> (n >> 3);
    b >>= n & ~7;
    n &= 7;
  }
  bits = b;
  bitCount = <u32> n;
  out = to;
  for (; from < end; from++) {
    const code = literalCode(load<u8>(from));
    put(code & 0xffff, code >> 16);
  }
}

/** Writes the block's matches and the few literals before each: whole bytes as they come. */
function writeMatches(from: usize): usize {
  let b = bits;
  let n: u64 = bitCount;
  let to = out;
  for (let token = TOKENS, last = TOKENS + 8 * tokenCount; token < last; token += 8) {
    for (const end = from + load<u32>(token); from < end; from++) {
      const entry = literalCode(load<u8>(from));
      b |= <u64> (entry & 0xffff) << n;
      n += entry >> 16;
      store<u64>(to, b);
      to += <usize> (n >> 3);
      b >>= n & ~7;
      n &= 7;
    }
    const length: u32 = load<u16>(token, 4);
    const distance: u32 = load<u16>(token, 6);
    from += length;
    const l = lengthCode(length);
    const literal = load<u32>(LITERAL_CODES + 4 * l);
    b |= <u64> (literal & 0xffff) << n;
    n += literal >> 16;
    const lExtra = lengthExtra(l);
    b |= <u64> ((length - MIN_MATCH) & ((1 << lExtra) - 1)) << n;
    n += lExtra;
    const d = distanceCode(distance);
    const entry = load<u32>(DISTANCE_CODES + 4 * d);
    b |= <u64> (entry & 0xffff) << n;
    n += entry >> 16;
    const dExtra = distanceExtra(d);
    b |= <u64> ((distance - 1) & ((1 << dExtra) - 1)) << n;
    n += dExtra;
    store<u64>(to, b);
    to += <usize> (n >> 3);
    b >>= n & ~7;
    n &= 7;
  }
  bits = b;
  bitCount = <u32> n;
  out = to;
  return from;
}

/** Fills up the last byte, and writes it and those before it. */
function align(): void {
  store<u64>(out, bits);
  out += bitCount + 7 >> 3;
  bits = 0;
  bitCount = 0;
}

function writeStored(from: usize, length: u32): void {
  put(STORED, 3);
  align();
  store<u16>(out, length);
  store<u16>(out, ~length, 2);
  memory.copy(out + 4, from, length);
  out += 4 + length;
}

/** Bits that go with the codes of lengths and distances. */
function extraBits(): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 265; i < LITERAL_SYMBOLS; i++) {
    sum += load<u32>(LITERAL_COUNTS + 4 * i) * lengthExtra(i);
  }
  for (let i: u32 = 4; i < DISTANCE_SYMBOLS; i++) {
    sum += load<u32>(DISTANCE_COUNTS + 4 * i) * distanceExtra(i);
  }
  return sum;
}

/** Number of the symbols up to the last one that has a code. */
function used(lengths: usize, symbols: u32): u32 {
  while (load<u8>(lengths + symbols - 1) == 0) symbols--;
  return symbols;
}

/** Finds a block's codes, and how they are described; returns the bits that all of it takes. */
function describe(): u32 {
  findLengths(LITERAL_COUNTS, LITERAL_SYMBOLS, MAX_BITS, LITERAL_LENGTHS);
  findLengths(DISTANCE_COUNTS, DISTANCE_SYMBOLS, MAX_BITS, DISTANCE_LENGTHS);
  learnCosts(LITERAL_LENGTHS, LITERAL_SYMBOLS, LITERAL_COSTS);
  learnCosts(DISTANCE_LENGTHS, DISTANCE_SYMBOLS, DISTANCE_COSTS);
  literalSymbols = used(LITERAL_LENGTHS, LITERAL_SYMBOLS);
  distanceSymbols = used(DISTANCE_LENGTHS, DISTANCE_SYMBOLS);
  // One after the other.
  memory.copy(SPARE, LITERAL_LENGTHS, literalSymbols);
  memory.copy(SPARE + literalSymbols, DISTANCE_LENGTHS, distanceSymbols);
  findRuns(SPARE, literalSymbols + distanceSymbols);
  findLengths(LENGTH_COUNTS, LENGTH_SYMBOLS, LENGTH_MAX_BITS, LENGTH_LENGTHS);
  lengthSymbols = LENGTH_SYMBOLS;
  while (load<u8>(LENGTH_LENGTHS + lengthOrder(lengthSymbols - 1)) == 0) lengthSymbols--;
  let head = 14 + 3 * lengthSymbols + bitsOf(LENGTH_COUNTS, LENGTH_LENGTHS, LENGTH_SYMBOLS);
  for (let code: u32 = 16; code < LENGTH_SYMBOLS; code++) {
    head += load<u32>(LENGTH_COUNTS + 4 * code) * runExtra(code);
  }
  return head + bitsOf(LITERAL_COUNTS, LITERAL_LENGTHS, LITERAL_SYMBOLS) +
    bitsOf(DISTANCE_COUNTS, DISTANCE_LENGTHS, DISTANCE_SYMBOLS);
}

/** The lengths of the codes that need no description (RFC 1951 §3.2.6). */
function setFixedLengths(): void {
  memory.fill(LITERAL_LENGTHS, 8, FIXED_SYMBOLS);
  memory.fill(LITERAL_LENGTHS + 144, 9, 112);
  memory.fill(LITERAL_LENGTHS + 256, 7, 24);
  memory.fill(DISTANCE_LENGTHS, 5, DISTANCE_SYMBOLS);
}

/** Bits that the block takes in codes that need no description, without extra bits. */
function fixedBits(): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < LITERAL_SYMBOLS; i++) {
    const length: u32 = i < 144 || i >= 280 ? 8 : i < 256 ? 9 : 7;
    sum += load<u32>(LITERAL_COUNTS + 4 * i) * length;
  }
  for (let i: u32 = 0; i < DISTANCE_SYMBOLS; i++) sum += 5 * load<u32>(DISTANCE_COUNTS + 4 * i);
  return sum;
}

/** Compresses a block whose matches are known. */
function writeBlock(from: usize, end: usize): void {
  const length = <u32> (end - from);
  const extra = extraBits();
  const fixed = fixedBits();
  const described = describe();
  if (min(fixed, described) + extra >= 8 * (length + 4)) return writeStored(from, length);
  if (described < fixed) {
    writeHead();
    findCodes(LITERAL_LENGTHS, LITERAL_SYMBOLS, LITERAL_CODES);
  } else {
    put(FIXED_CODES, 3);
    setFixedLengths();
    findCodes(LITERAL_LENGTHS, FIXED_SYMBOLS, LITERAL_CODES);
  }
  findCodes(DISTANCE_LENGTHS, DISTANCE_SYMBOLS, DISTANCE_CODES);
  writeLiterals(writeMatches(from), end);
  const entry = load<u32>(LITERAL_CODES + 4 * END_OF_BLOCK);
  put(entry & 0xffff, entry >> 16);
}

/**
 * Compresses bytes into blocks that refer to nothing before them, and ends with a sync flush.
 * @param from At least 128 KiB from the memory's start, which the kernel works in.
 * @param to Has room for 1 % and 64 bytes more than the bytes.
 * @param isNoise Whether nothing is expected to repeat: then only Huffman codes make it smaller.
 * @returns How many bytes it takes.
 */
export function deflate(from: usize, length: u32, to: usize, isNoise: bool): u32 {
  out = to;
  bits = 0;
  bitCount = 0;
  if (!isNoise) begin(from);
  for (const end = from + length; from < end;) {
    const next = isNoise ? takeLiterals(from, min(end, from + MAX_BYTES)) : findMatches(from, end);
    writeBlock(from, next);
    from = next;
  }
  writeStored(from, 0);
  return <u32> (out - to);
}
