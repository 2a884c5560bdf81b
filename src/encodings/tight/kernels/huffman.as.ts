// The kernel of `huffman.ts`, in AssemblyScript. Deflate's format is in RFC 1951.

/** Bytes that share a code: more adapt less, fewer pay more for the code. */
const BLOCK: usize = 0xffff;

/** 256 bytes, and the end of the block. */
const SYMBOLS: u32 = 257;
const END: u32 = 256;

/** One bit less than deflate allows, so that four codes and what is left of a byte fit into 64. */
const MAX_LENGTH: u32 = 14;

/** How code lengths are told themselves: 1 and 2, which hardly turn up, in 5 bits, all others in 4. */
const ZEROS_3: u32 = 17;
const ZEROS_11: u32 = 18;

// The kernel's memory, in bytes: four histograms of 256 words, later one; the symbols in order of
// their frequency; the tree's weights, parents and depths; each symbol's code and length.
const HISTOGRAMS: usize = 0;
const SORTED: usize = 4096;
const WEIGHTS: usize = SORTED + 4 * 260;
const PARENTS: usize = WEIGHTS + 4 * 520;
const DEPTHS: usize = PARENTS + 4 * 520;
const LENGTHS: usize = DEPTHS + 520;
const CODES: usize = LENGTHS + 264;
const NEXT_CODES: usize = CODES + 4 * 260;

/** Where the next byte goes; the bits before it that fill no byte yet, and how many these are. */
let out: usize = 0;
let pending: u64 = 0;
let pendingBits: u32 = 0;

/** Up to 32 bits, the lowest first. */
function put(bits: u32, count: u32): void {
  pending |= <u64> bits << pendingBits;
  pendingBits += count;
  flush();
}

// @ts-ignore: AssemblyScript's decorator
@inline
function flush(): void {
  store<u64>(out, pending);
  out += pendingBits >> 3;
  pending >>= pendingBits & ~7;
  pendingBits &= 7;
}

// @ts-ignore: AssemblyScript's decorator
@inline
function increment(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

/** How often each byte turns up. Four tables, so that equal neighbours need not wait for each other. */
function count(from: usize, end: usize, work: usize): void {
  const table = work + HISTOGRAMS;
  memory.fill(table, 0, 4096);
  for (; from + 4 <= end; from += 4) {
    const four = load<u32>(from);
    increment(table + 4 * (four & 0xff));
    increment(table + 1024 + 4 * (four >> 8 & 0xff));
    increment(table + 2048 + 4 * (four >> 16 & 0xff));
    increment(table + 3072 + 4 * (four >> 24));
  }
  for (; from < end; from++) increment(table + 4 * <u32> load<u8>(from));
  for (let at = table; at < table + 1024; at += 4) {
    const sum = load<u32>(at) + load<u32>(at, 1024) + load<u32>(at, 2048) + load<u32>(at, 3072);
    store<u32>(at, sum);
  }
}

/** Lists the symbols that turn up, the rarest first, as frequency << 9 | symbol; returns how many. */
function sortSymbols(work: usize): u32 {
  const sorted = work + SORTED;
  let size: u32 = 0;
  for (let symbol: u32 = 0; symbol < SYMBOLS; symbol++) {
    const frequency = symbol == END ? 1 : load<u32>(work + HISTOGRAMS + 4 * symbol);
    if (frequency == 0) continue;
    store<u32>(sorted + 4 * size++, frequency << 9 | symbol);
  }
  // Shell's sort.
  for (let gap: u32 = 121; gap > 0; gap /= 3) {
    for (let i: u32 = gap; i < size; i++) {
      const key = load<u32>(sorted + 4 * i);
      let j = i;
      for (; j >= gap && load<u32>(sorted + 4 * (j - gap)) > key; j -= gap) {
        store<u32>(sorted + 4 * j, load<u32>(sorted + 4 * (j - gap)));
      }
      store<u32>(sorted + 4 * j, key);
    }
  }
  return size;
}

/** Huffman's tree over `size` weights in ascending order; returns the depth of the deepest, the first. */
function buildTree(size: u32, work: usize): u32 {
  const weights = work + WEIGHTS;
  const parents = work + PARENTS;
  const depths = work + DEPTHS;
  const root: u32 = size + size - 2;
  let leaf: u32 = 0;
  let inner = size;
  for (let node = size; node <= root; node++) {
    let weight: u32 = 0;
    for (let child = 0; child < 2; child++) {
      const isLeaf = leaf < size &&
        (inner == node || load<u32>(weights + 4 * leaf) <= load<u32>(weights + 4 * inner));
      const lightest = isLeaf ? leaf++ : inner++;
      weight += load<u32>(weights + 4 * lightest);
      store<u32>(parents + 4 * lightest, node);
    }
    store<u32>(weights + 4 * node, weight);
  }
  store<u8>(depths + root, 0);
  for (let node = <i32> root - 1; node >= 0; node--) {
    store<u8>(depths + node, load<u8>(depths + load<u32>(parents + 4 * node)) + 1);
  }
  return load<u8>(depths);
}

/** Decides how long each symbol's code is; 0 for those that don't turn up. */
function chooseLengths(work: usize): void {
  const sorted = work + SORTED;
  const weights = work + WEIGHTS;
  const size = sortSymbols(work);
  for (let i: u32 = 0; i < size; i++) store<u32>(weights + 4 * i, load<u32>(sorted + 4 * i) >> 9);
  // The more alike the weights are, the less deep is the tree.
  while (buildTree(size, work) > MAX_LENGTH) {
    for (let i: u32 = 0; i < size; i++) {
      store<u32>(weights + 4 * i, (load<u32>(weights + 4 * i) + 1) >> 1);
    }
  }
  memory.fill(work + LENGTHS, 0, SYMBOLS);
  for (let i: u32 = 0; i < size; i++) {
    const symbol = load<u32>(sorted + 4 * i) & 511;
    store<u8>(work + LENGTHS + symbol, load<u8>(work + DEPTHS + i));
  }
}

/** The code of `length` bits as deflate writes it: the highest bit first. */
function reversed(code: u32, length: u32): u32 {
  let result: u32 = 0;
  for (let bit: u32 = 0; bit < length; bit++) result |= (code >> bit & 1) << (length - 1 - bit);
  return result;
}

/** Makes the codes that follow from the lengths: length << 16 | code. */
function makeCodes(work: usize): void {
  const next = work + NEXT_CODES;
  memory.fill(next, 0, 4 * (MAX_LENGTH + 2));
  for (let symbol: u32 = 0; symbol < SYMBOLS; symbol++) {
    const length = <u32> load<u8>(work + LENGTHS + symbol);
    if (length > 0) increment(next + 4 * (length + 1));
  }
  // What has been counted so far becomes the first code of each length.
  let code: u32 = 0;
  for (let length: u32 = 1; length <= MAX_LENGTH; length++) {
    code = (code + load<u32>(next + 4 * length)) << 1;
    store<u32>(next + 4 * length, code);
  }
  for (let symbol: u32 = 0; symbol < SYMBOLS; symbol++) {
    const length = <u32> load<u8>(work + LENGTHS + symbol);
    if (length == 0) continue;
    const code = load<u32>(next + 4 * length);
    store<u32>(next + 4 * length, code + 1);
    store<u32>(work + CODES + 4 * symbol, length << 16 | reversed(code, length));
  }
}

/** A code length, or what stands for several. In order of their codes: 4 bits, then 1 and 2 in 5. */
function putLength(length: u32): void {
  if (length == 1) put(0b01111, 5);
  else if (length == 2) put(0b11111, 5);
  else if (length == 0) put(0, 4);
  else if (length == ZEROS_3) put(reversed(13, 4), 4);
  else if (length == ZEROS_11) put(reversed(14, 4), 4);
  else put(reversed(length - 2, 4), 4);
}

/** The head of a block: that it is one with its own codes, and the lengths of these. */
function putHead(work: usize): void {
  put(0b100, 3);
  // 257 lengths of symbols, 2 of distances, 18 of lengths.
  put(0, 5);
  put(1, 5);
  put(14, 4);
  // 16 (not in use), 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1.
  for (let i = 0; i < 18; i++) put(i == 0 ? 0 : i == 15 || i == 17 ? 5 : 4, 3);
  for (let symbol: u32 = 0; symbol < SYMBOLS;) {
    const length = <u32> load<u8>(work + LENGTHS + symbol);
    let end = symbol + 1;
    // The last symbol always has a code.
    if (length == 0) { while (load<u8>(work + LENGTHS + end) == 0) end++; }
    const run = min(end - symbol, 138);
    if (run >= 11) {
      putLength(ZEROS_11);
      put(run - 11, 7);
      symbol += run;
    } else if (run >= 3) {
      putLength(ZEROS_3);
      put(run - 3, 3);
      symbol += run;
    } else {
      putLength(length);
      symbol++;
    }
  }
  // There are no distances; two codes of one bit, as in zlib's own streams, are known to all.
  putLength(1);
  putLength(1);
}

/** Writes the codes of bytes. */
function putBytes(from: usize, end: usize, codes: usize): void {
  let to = out;
  let bits = pending;
  let count = pendingBits;
  for (; from + 4 <= end; from += 4) {
    const four = load<u32>(from);
    const a = load<u32>(codes + 4 * (four & 0xff));
    const b = load<u32>(codes + 4 * (four >> 8 & 0xff));
    const c = load<u32>(codes + 4 * (four >> 16 & 0xff));
    const d = load<u32>(codes + 4 * (four >> 24));
    const ab = a & 0xffff | (b & 0xffff) << (a >> 16);
    const cd = c & 0xffff | (d & 0xffff) << (c >> 16);
    const abCount = (a >> 16) + (b >> 16);
    bits |= (<u64> ab | <u64> cd << abCount) << count;
    count += abCount + (c >> 16) + (d >> 16);
    store<u64>(to, bits);
    to += count >> 3;
    bits >>= count & ~7;
    count &= 7;
  }
  out = to;
  pending = bits;
  pendingBits = count;
  for (; from < end; from++) putCode(load<u32>(codes + 4 * <u32> load<u8>(from)));
}

function putCode(code: u32): void {
  put(code & 0xffff, code >> 16);
}

/**
 * Writes bytes by Huffman codes alone, and then an empty stored block, which ends at a byte.
 * @param to Room for twice as many bytes and 1000 more.
 * @param work Room for 12 KiB.
 * @returns How many bytes it wrote.
 */
export function deflate(from: usize, length: usize, to: usize, work: usize): usize {
  out = to;
  pending = 0;
  pendingBits = 0;
  const end = from + length;
  while (from < end) {
    const blockEnd = min(end, from + BLOCK);
    count(from, blockEnd, work);
    chooseLengths(work);
    makeCodes(work);
    putHead(work);
    putBytes(from, blockEnd, work + CODES);
    putCode(load<u32>(work + CODES + 4 * END));
    from = blockEnd;
  }
  put(0, 3);
  if (pendingBits > 0) put(0, 8 - pendingBits);
  put(0xffff0000, 32);
  return out - to;
}
