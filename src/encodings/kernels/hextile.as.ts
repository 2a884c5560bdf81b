// The kernel of `hextile.ts`, in AssemblyScript.

import { laneBits, written } from "./pixels.part.as";

/** Width and height of a tile. */
const TILE: u32 = 16;

/** The bits of a tile's first byte. */
const RAW: u32 = 1;
const BACKGROUND_SPECIFIED: u32 = 2;
const FOREGROUND_SPECIFIED: u32 = 4;
const ANY_SUBRECTS: u32 = 8;
const SUBRECTS_COLOURED: u32 = 16;

// The kernel's own memory, in bytes: for each of the tile's rows, the pixels that differ from the one
// before, and then those still to be covered; a pixel of each row; the tile's colours in the order in
// which they turn up, and how many pixels have each; a hash table with linear probing, of 1 + a
// colour's number, or 0.
const ROW_MASKS: usize = 64;
const SAMPLE: usize = ROW_MASKS + 4 * TILE;
const COLOURS: usize = SAMPLE + 4 * TILE;
const COUNTS: usize = COLOURS + 4 * TILE * TILE;
const SLOTS: usize = COUNTS + 4 * TILE * TILE;
const SLOT_BITS: u32 = 9;

/** No pixel's value: the tile before has left no such colour. */
const NONE: u64 = u64.MAX_VALUE;

/** How pixels are written. */
let pixelSize: u32;
let lowestBit: u32;
let bigEndian: bool;

/** Where the next byte goes. */
let out: usize;

/** What the next tile may carry over. */
let lastBackground: u64;
let lastForeground: u64;

/** The tile: its first pixel, bytes from row to row, its size, and a bit for each column. */
let tile: usize;
let stride: usize;
let tileWidth: u32;
let tileHeight: u32;
let columns: u32;

/** How many colours the tile has. */
let colourCount: u32;

/** Writes a pixel and up to three bytes more, which are overwritten by what follows. */
// @ts-ignore: AssemblyScript's decorator
@inline
function put(value: u32): void {
  store<u32>(out, written(value, pixelSize, lowestBit, bigEndian));
  out += pixelSize;
}

/** Bit n is set if pixel n of the one row equals pixel n of the other. */
// @ts-ignore: AssemblyScript's decorator
@inline
function equalTo(row: usize, other: usize): u32 {
  return laneBits(
    i32x4.eq(v128.load(row), v128.load(other)),
    i32x4.eq(v128.load(row, 16), v128.load(other, 16)),
    i32x4.eq(v128.load(row, 32), v128.load(other, 32)),
    i32x4.eq(v128.load(row, 48), v128.load(other, 48)),
  );
}

/** Bit n is set if pixel n of the row has the colour. */
// @ts-ignore: AssemblyScript's decorator
@inline
function coloured(row: usize, colour: v128): u32 {
  return laneBits(
    i32x4.eq(v128.load(row), colour),
    i32x4.eq(v128.load(row, 16), colour),
    i32x4.eq(v128.load(row, 32), colour),
    i32x4.eq(v128.load(row, 48), colour),
  );
}

/**
 * Counts the pixels that differ from both the one before and the one above: each is the corner of a
 * subrectangle, if it isn't background. Fills `ROW_MASKS`.
 */
function countCorners(): u32 {
  let corners: u32 = 0;
  let different = columns;
  for (let y: u32 = 0, row = tile; y < tileHeight; y++, row += stride) {
    const starts = (~equalTo(row, row - 4) | 1) & columns;
    if (y > 0) different = ~equalTo(row, row - stride);
    store<u32>(ROW_MASKS + 4 * y, starts);
    corners += popcnt(starts & different);
  }
  return corners;
}

/** Whether a colour has so large a part of a whole tile that it turns up thrice in a sample. */
function hasMainColour(): bool {
  for (let i: u32 = 0; i < TILE; i++) {
    store<u32>(SAMPLE + 4 * i, load<u32>(tile + stride * i + 4 * (7 * i & 15)));
  }
  for (let i: u32 = 0; i < TILE; i++) {
    const colour = v128.load32_splat(SAMPLE + 4 * i);
    if (popcnt(coloured(SAMPLE, colour)) >= 3) return true;
  }
  return false;
}

function countColour(colour: u32, pixels: u32): void {
  let slot = (colour * 0x9e3779b1) >>> (32 - SLOT_BITS);
  let number: u32;
  while ((number = load<u16>(SLOTS + 2 * slot)) != 0) {
    if (load<u32>(COLOURS + 4 * (number - 1)) == colour) {
      const count = COUNTS + 4 * (number - 1);
      store<u32>(count, load<u32>(count) + pixels);
      return;
    }
    slot = (slot + 1) & ((1 << SLOT_BITS) - 1);
  }
  store<u32>(COLOURS + 4 * colourCount, colour);
  store<u32>(COUNTS + 4 * colourCount, pixels);
  store<u16>(SLOTS + 2 * slot, ++colourCount);
}

/** Counts the tile's colours, run by run. */
function countColours(): void {
  memory.fill(SLOTS, 0, 2 << SLOT_BITS);
  colourCount = 0;
  for (let y: u32 = 0, row = tile; y < tileHeight; y++, row += stride) {
    for (let starts = load<u32>(ROW_MASKS + 4 * y); starts != 0;) {
      const start = ctz(starts);
      starts &= starts - 1;
      const end = starts == 0 ? tileWidth : ctz(starts);
      countColour(load<u32>(row + 4 * start), end - start);
    }
  }
}

/** The number of the colour with the most pixels. */
function mostFrequent(): u32 {
  let best: u32 = 0;
  for (let n: u32 = 1; n < colourCount; n++) {
    if (load<u32>(COUNTS + 4 * n) > load<u32>(COUNTS + 4 * best)) best = n;
  }
  return best;
}

function writeRaw(): void {
  store<u8>(out++, RAW);
  for (let y: u32 = 0, row = tile; y < tileHeight; y++, row += stride) {
    if (pixelSize == 4 && !bigEndian) {
      v128.store(out, v128.load(row));
      v128.store(out, v128.load(row, 16), 16);
      v128.store(out, v128.load(row, 32), 32);
      v128.store(out, v128.load(row, 48), 48);
      out += 4 * tileWidth;
    } else {
      for (let x: u32 = 0; x < tileWidth; x++) put(load<u32>(row + 4 * x));
    }
  }
  lastBackground = lastForeground = NONE;
}

/**
 * Writes the subrectangle that starts at a pixel, the larger of the widest and the tallest of its
 * colour there, and takes it from what is still to be covered.
 */
function writeSubrect(x: u32, y: u32, isColoured: bool): void {
  const from = tile + <usize> y * stride;
  const colour = v128.load32_splat(from + 4 * x);
  let row = from;
  let rows: u32 = 0;
  let common: u32 = u32.MAX_VALUE;
  let widest: u32 = 0;
  let widestRows: u32 = 0;
  for (let at = y; at < tileHeight; at++, row += stride) {
    const pixels = (coloured(row, colour) & load<u32>(ROW_MASKS + 4 * at)) >>> x;
    if ((pixels & 1) == 0) break;
    common &= pixels;
    if (rows++ == 0) widest = ctz(~common);
    if (ctz(~common) == widest) widestRows = rows;
  }
  let width = ctz(~common);
  if (width * rows <= widest * widestRows) {
    width = widest;
    rows = widestRows;
  }
  const others = ~((1 << width) - 1 << x);
  for (let at = ROW_MASKS + 4 * y; at < ROW_MASKS + 4 * (y + rows); at += 4) {
    store<u32>(at, load<u32>(at) & others);
  }
  if (isColoured) put(load<u32>(from + 4 * x));
  store<u8>(out++, x << 4 | y);
  store<u8>(out++, width - 1 << 4 | rows - 1);
}

/** Writes subrectangles for all that isn't background; returns how many, or `limit + 1` if it is too low. */
function writeSubrects(background: u32, limit: u32, isColoured: bool): u32 {
  const colour = i32x4.splat(background);
  for (let y: u32 = 0, row = tile; y < tileHeight; y++, row += stride) {
    store<u32>(ROW_MASKS + 4 * y, ~coloured(row, colour) & columns);
  }
  let count: u32 = 0;
  for (let y: u32 = 0; y < tileHeight; y++) {
    let left: u32;
    while ((left = load<u32>(ROW_MASKS + 4 * y)) != 0) {
      if (++count > limit) return count;
      writeSubrect(ctz(left), y, isColoured);
    }
  }
  return count;
}

/** Writes the tile as subrectangles on a background, if that is no larger than raw. */
function writeColours(): bool {
  const number = mostFrequent();
  const background = load<u32>(COLOURS + 4 * number);
  const foreground: u64 = colourCount == 2 ? load<u32>(COLOURS + 4 * (1 - number)) : NONE;
  const isColoured = colourCount > 2;
  const start = out++;
  let mask: u32 = 0;
  if (background != lastBackground) {
    mask |= BACKGROUND_SPECIFIED;
    put(background);
  }
  if (foreground != NONE && foreground != lastForeground) {
    mask |= FOREGROUND_SPECIFIED;
    put(<u32> foreground);
  }
  if (colourCount > 1) {
    mask |= ANY_SUBRECTS;
    if (isColoured) mask |= SUBRECTS_COLOURED;
    const countAt = out++;
    const room = <i32> (tileWidth * tileHeight * pixelSize) - <i32> (out - start - 1);
    const limit: u32 = room < 0 ? 0 : <u32> room / (isColoured ? pixelSize + 2 : 2);
    const count: u32 = colourCount - 1 > limit
      ? limit + 1
      : writeSubrects(background, limit, isColoured);
    if (count > limit) {
      out = start;
      return false;
    }
    store<u8>(countAt, count);
  }
  store<u8>(start, mask);
  lastBackground = background;
  if (isColoured) lastForeground = NONE;
  else if (foreground != NONE) lastForeground = foreground;
  return true;
}

function writeTile(): void {
  const corners = countCorners();
  const most = tileWidth * tileHeight * pixelSize / (pixelSize + 2);
  if (corners > most && tileWidth == TILE && tileHeight == TILE && !hasMainColour()) {
    return writeRaw();
  }
  countColours();
  if (!writeColours()) writeRaw();
}

/**
 * Writes a rectangle in Hextile. The first 4 KiB of the memory are the kernel's.
 * @param from Its pixel values, row after row without gaps, with 64 bytes to spare on both sides.
 * @param to Has room for all tiles raw, and 64 bytes more.
 * @param size Bytes of a pixel, of which `lowest` is the lowest bit in a pixel value.
 * @returns How many bytes it takes.
 */
export function encode(
  from: usize,
  width: u32,
  height: u32,
  to: usize,
  size: u32,
  lowest: u32,
  isBigEndian: bool,
): u32 {
  pixelSize = size;
  lowestBit = lowest;
  bigEndian = isBigEndian;
  out = to;
  stride = 4 * width;
  lastBackground = lastForeground = NONE;
  for (let y: u32 = 0; y < height; y += TILE) {
    tileHeight = min(TILE, height - y);
    for (let x: u32 = 0; x < width; x += TILE) {
      tileWidth = min(TILE, width - x);
      columns = (1 << tileWidth) - 1;
      tile = from + <usize> y * stride + 4 * x;
      writeTile();
    }
  }
  return <u32> (out - to);
}
