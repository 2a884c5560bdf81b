// The kernel of `classify.ts`, in AssemblyScript. What the numbers stand for is said there.

const CELL: u32 = 16;

const DRAWN: u8 = 0;
const SOLID: u8 = 1;
const PHOTO: u8 = 2;
const CAPTIONED: u8 = 3;
const SMOOTH: u8 = 4;
const COLOURFUL: u8 = 5;

const REPEATS_OF_DRAWN: f64 = 0.6;
const REPEATS_OF_PHOTO: f64 = 0.3;
const COLOURS_OF_PHOTO: f64 = 0.12;
const EDGES_OF_SMOOTH_PHOTO: f64 = 0.03;
const MOST_FREQUENT_OF_TEXT: f64 = 0.04;
const EDGES_OF_TEXT: f64 = 0.08;
const EDGE: i32 = 64;
const ROW_STEP: u32 = 2;
const BUCKET_BITS: u32 = 10;

/** Bit n is set if lane n of these 16, four a vector, is all ones rather than zero. */
// @ts-ignore: AssemblyScript's decorator
@inline
function bits(a: v128, b: v128, c: v128, d: v128): u32 {
  const low = i16x8.narrow_i32x4_s(a, b);
  const high = i16x8.narrow_i32x4_s(c, d);
  return i8x16.bitmask(i8x16.narrow_i16x8_s(low, high));
}

/** Bit n is set if word n of the two rows of 16 is the same. */
// @ts-ignore: AssemblyScript's decorator
@inline
function same(a: usize, b: usize): u32 {
  return bits(
    i32x4.eq(v128.load(a), v128.load(b)),
    i32x4.eq(v128.load(a, 16), v128.load(b, 16)),
    i32x4.eq(v128.load(a, 32), v128.load(b, 32)),
    i32x4.eq(v128.load(a, 48), v128.load(b, 48)),
  );
}

/** All ones in the lanes whose pixel differs much from the one to the left. */
// @ts-ignore: AssemblyScript's decorator
@inline
function isEdge(at: usize): v128 {
  const value = v128.load(at);
  const left = v128.load(at - 4);
  const difference = v128.or(i8x16.sub_sat_u(value, left), i8x16.sub_sat_u(left, value));
  const colours = v128.and(difference, i32x4.splat(0xffffff));
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(colours));
  return i32x4.ge_s(sums, i32x4.splat(EDGE));
}

/** As isEdge, a bit for each of 16 pixels. */
// @ts-ignore: AssemblyScript's decorator
@inline
function edgeBits(at: usize): u32 {
  return bits(isEdge(at), isEdge(at + 16), isEdge(at + 32), isEdge(at + 48));
}

// `columns` has a bit for each of the cell's columns, `stride` is in bytes.

function isSolid(at: usize, stride: usize, columns: u32, height: u32): bool {
  const colour = i32x4.splat(load<u32>(at));
  for (let row: u32 = 0; row < height; row++, at += stride) {
    const matches = bits(
      i32x4.eq(v128.load(at), colour),
      i32x4.eq(v128.load(at, 16), colour),
      i32x4.eq(v128.load(at, 32), colour),
      i32x4.eq(v128.load(at, 48), colour),
    );
    if ((matches & columns) != columns) return false;
  }
  return true;
}

/** A bit for each pixel of one row of a cell that repeats the one to the left or in the next row. */
// @ts-ignore: AssemblyScript's decorator
@inline
function repeatsIn(row: u32, at: usize, stride: usize, height: u32): u32 {
  const left = same(at, at - 4) & ~1;
  return height == 1 ? left : left | same(at, row + 1 < height ? at + stride : at - stride);
}

/** The pixels of every other row that repeat a neighbour, << 16, and those at edges. */
function countRepeatsAndEdges(at: usize, stride: usize, columns: u32, height: u32): u32 {
  let counts: u32 = 0;
  for (let row: u32 = 0; row < height; row += ROW_STEP, at += ROW_STEP * stride) {
    counts += popcnt(repeatsIn(row, at, stride, height) & columns) << 16;
    counts += popcnt(edgeBits(at) & columns & ~1);
  }
  return counts;
}

/** Whether the first pixel and those that repeat no neighbour have more than 4 colours. */
function isColourful(at: usize, stride: usize, columns: u32, height: u32): bool {
  let colours = i32x4.splat(load<u32>(at));
  let size: u32 = 1;
  for (let row: u32 = 0; row < height; row += ROW_STEP, at += ROW_STEP * stride) {
    let single = columns & ~repeatsIn(row, at, stride, height);
    for (; single != 0; single &= single - 1) {
      const colour = i32x4.splat(load<u32>(at + 4 * ctz(single)));
      if (v128.any_true(i32x4.eq(colours, colour))) continue;
      if (size++ == 4) return true;
      // The newest in front of the last three.
      colours = v128.shuffle<u32>(colour, colours, 0, 4, 5, 6);
    }
  }
  return false;
}

/** What a cell shows that is neither solid nor a photo. */
function drawn(at: usize, stride: usize, columns: u32, height: u32, edges: f64): u8 {
  if (edges == 0) return SMOOTH;
  return isColourful(at, stride, columns, height) ? COLOURFUL : DRAWN;
}

/**
 * What a cell of many different pixels shows: DRAWN if it has no more than `maxColours` colours;
 * CAPTIONED if one of them has more than `maxFrequent` pixels, too; else PHOTO. It looks at no more
 * pixels than it takes to know.
 */
function contentByColours(
  at: usize,
  stride: usize,
  width: u32,
  height: u32,
  maxColours: f64,
  maxFrequent: f64,
  buckets: usize,
): u8 {
  memory.fill(buckets, 0, 1 << BUCKET_BITS);
  let colours: u32 = 0;
  let mostFrequent: u32 = 0;
  for (let row: u32 = 0; row < height; row += ROW_STEP, at += ROW_STEP * stride) {
    for (let x: u32 = 0; x < width; x++) {
      const bucket = buckets + ((load<u32>(at + 4 * x) * 0x9e3779b1) >> (32 - BUCKET_BITS));
      const count = <u32> load<u8>(bucket) + 1;
      store<u8>(bucket, <u8> count);
      colours += u32(count == 1);
      mostFrequent = max(mostFrequent, count);
      if (f64(colours) > maxColours && f64(mostFrequent) > maxFrequent) return CAPTIONED;
    }
  }
  return f64(colours) > maxColours ? PHOTO : DRAWN;
}

function classifyCell(at: usize, stride: usize, width: u32, height: u32, buckets: usize): u8 {
  const columns: u32 = (1 << width) - 1;
  if (isSolid(at, stride, columns, height)) return SOLID;
  const pixels = f64(width * ((height + ROW_STEP - 1) / ROW_STEP));
  const counts = countRepeatsAndEdges(at, stride, columns, height);
  const repeats = f64(counts >> 16);
  const edges = f64(counts & 0xffff);
  if (repeats >= pixels * REPEATS_OF_DRAWN) return drawn(at, stride, columns, height, edges);
  const maxColours = pixels * COLOURS_OF_PHOTO;
  if (repeats >= pixels * REPEATS_OF_PHOTO) {
    const isPhoto = edges <= pixels * EDGES_OF_SMOOTH_PHOTO &&
      contentByColours(at, stride, width, height, maxColours, 0, buckets) != DRAWN;
    return isPhoto ? PHOTO : drawn(at, stride, columns, height, edges);
  }
  const mayBeText = edges > pixels * EDGES_OF_TEXT;
  // Where it makes no difference, how often a colour turns up is not waited for.
  const maxFrequent = mayBeText ? pixels * MOST_FREQUENT_OF_TEXT : 0;
  const content = contentByColours(at, stride, width, height, maxColours, maxFrequent, buckets);
  if (content == DRAWN) return drawn(at, stride, columns, height, edges);
  return mayBeText ? content : PHOTO;
}

/**
 * Classifies a row of cells.
 * @param from Their pixels, row after row without gaps; at least a pixel before them and 16 behind
 * must be readable.
 * @param to Where to put a byte for each.
 * @param buckets Room for 1024 bytes.
 */
export function classifyCells(
  from: usize,
  width: u32,
  height: u32,
  to: usize,
  buckets: usize,
): void {
  for (let x: u32 = 0; x < width; x += CELL) {
    const cellWidth = min(CELL, width - x);
    store<u8>(to++, classifyCell(from + 4 * x, 4 * width, cellWidth, height, buckets));
  }
}
