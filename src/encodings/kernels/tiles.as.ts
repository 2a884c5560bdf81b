// The kernel of `tiles.ts`, in AssemblyScript.

import { laneBits, written } from "./pixels.part.as";

/** The first byte of a tile; 2 to 16 means a packed palette of that size. */
const RAW: u32 = 0;
const SOLID: u32 = 1;
const PLAIN_RLE: u32 = 128;
/** Plus the palette's size. */
const PALETTE_RLE: u32 = 128;

const MAX_PACKED_COLOURS: u32 = 16;
const MAX_COLOURS: u32 = 127;

/** A tile has at most 64x64 pixels. */
const MAX_PIXELS: u32 = 4096;

// The kernel's own memory, in bytes: where each run of one colour starts, and behind the last one the
// end; that colour's number, for each run and for each pixel; the colours; a hash table with linear
// probing, of 1 + a colour's number, or 0; how a pixel's bytes are ordered; and the tile.
const STARTS: usize = 64;
const RUN_NUMBERS: usize = STARTS + 2 * (MAX_PIXELS + 8);
const NUMBERS: usize = RUN_NUMBERS + MAX_PIXELS + 8;
const COLOURS: usize = NUMBERS + MAX_PIXELS + 16;
const SLOTS: usize = COLOURS + 4 * 128;
const SLOT_BITS: u32 = 9;
const TILE: usize = SLOTS + (2 << SLOT_BITS) + 64;

/** How pixels are written: their bytes' number, the lowest bit, and four pixels' bytes in order. */
let pixelSize: u32;
let lowestBit: u32;
let bigEndian: bool;
let byteOrder: v128;

/** Where the next byte goes. */
let out: usize;

/** The tile's first pixel, its size, and how many runs and colours it has. */
let tile: usize;
let tileWidth: u32;
let tileHeight: u32;
let pixels: u32;
let runs: u32;
let colours: u32;

/** Writes a pixel and up to three bytes more, which are overwritten by what follows. */
// @ts-ignore: AssemblyScript's decorator
@inline
function put(value: u32): void {
  store<u32>(out, written(value, pixelSize, lowestBit, bigEndian));
  out += pixelSize;
}

/** Writes pixels four at a time, with up to 64 bytes more. */
function putAll(from: usize, count: u32): void {
  const end = out + count * pixelSize;
  for (; out < end; from += 16, out += 4 * pixelSize) {
    v128.store(out, i8x16.swizzle(v128.load(from), byteOrder));
  }
  out = end;
}

/** Bit n is set if pixel n of the 16 differs from the one before. */
// @ts-ignore: AssemblyScript's decorator
@inline
function changes(at: usize): u32 {
  return ~laneBits(
    i32x4.eq(v128.load(at), v128.load(at - 4)),
    i32x4.eq(v128.load(at, 16), v128.load(at, 12)),
    i32x4.eq(v128.load(at, 32), v128.load(at, 28)),
    i32x4.eq(v128.load(at, 48), v128.load(at, 44)),
  ) & 0xffff;
}

/** Lists the runs' starts. */
function findRuns(): void {
  runs = 0;
  for (let i: u32 = 0; i < pixels; i += 16) {
    let starts = changes(tile + 4 * i);
    if (i == 0) starts |= 1;
    if (pixels - i < 16) starts &= (1 << (pixels - i)) - 1;
    for (; starts != 0; starts &= starts - 1) store<u16>(STARTS + 2 * runs++, i + ctz(starts));
  }
  store<u16>(STARTS + 2 * runs, pixels);
}

// @ts-ignore: AssemblyScript's decorator
@inline
function start(run: u32): u32 {
  return load<u16>(STARTS + 2 * run);
}

/** The number of a colour, or a number for which there is no room. */
// @ts-ignore: AssemblyScript's decorator
@inline
function numberOf(colour: u32): u32 {
  let slot = (colour * 0x9e3779b1) >>> (32 - SLOT_BITS);
  let number: u32;
  while ((number = load<u16>(SLOTS + 2 * slot)) != 0) {
    if (load<u32>(COLOURS + 4 * (number - 1)) == colour) return number - 1;
    slot = (slot + 1) & ((1 << SLOT_BITS) - 1);
  }
  if (colours < MAX_COLOURS) {
    store<u16>(SLOTS + 2 * slot, colours + 1);
    store<u32>(COLOURS + 4 * colours, colour);
  }
  return colours++;
}

/** Numbers the runs' colours, as long as there are no more than a palette holds. */
function findColours(): void {
  memory.fill(SLOTS, 0, 2 << SLOT_BITS);
  colours = 0;
  for (let run: u32 = 0; run < runs && colours <= MAX_COLOURS; run++) {
    store<u8>(RUN_NUMBERS + run, numberOf(load<u32>(tile + 4 * start(run))));
  }
}

function writeRaw(): void {
  store<u8>(out++, RAW);
  putAll(tile, pixels);
}

function writePalette(subencoding: u32): void {
  store<u8>(out++, subencoding);
  putAll(COLOURS, colours);
}

/** Gives each pixel its colour's number. */
function spreadNumbers(): void {
  for (let run: u32 = 0; run < runs; run++) {
    const number = load<u8>(RUN_NUMBERS + run);
    const end = NUMBERS + start(run + 1);
    let at = NUMBERS + start(run);
    const eight = <u64> number * 0x0101010101010101;
    // What is too much is overwritten by the next run.
    for (; at < end; at += 8) store<u64>(at, eight);
  }
}

/** Rows of bit fields, the leftmost pixel in the highest bits, eight pixels at a time. */
function writePacked(): void {
  writePalette(colours);
  spreadNumbers();
  const bits = fieldBits();
  const rowBytes = packedRowBytes();
  for (let y: u32 = 0; y < tileHeight; y++) {
    const row = NUMBERS + y * tileWidth;
    let to = out;
    for (let x: u32 = 0; x < tileWidth; x += 8, to += bits) {
      let eight = load<u64>(row + x);
      if (tileWidth - x < 8) eight &= ((<u64> 1) << (8 * (tileWidth - x))) - 1;
      if (bits == 1) {
        store<u8>(to, <u32> (eight * 0x8040201008040201 >> 56));
      } else if (bits == 2) {
        const pairs = (eight << 2 | eight >> 8) & 0x000f000f000f000f;
        const fours = pairs << 4 | pairs >> 16;
        store<u8>(to, <u32> fours);
        store<u8>(to, <u32> (fours >> 32), 1);
      } else {
        const pairs = (eight << 4 | eight >> 8) & 0x00ff00ff00ff00ff;
        const fours = (pairs | pairs >> 8) & 0x0000ffff0000ffff;
        store<u32>(to, <u32> (fours | fours >> 16));
      }
    }
    out += rowBytes;
  }
}

function fieldBits(): u32 {
  return colours == 2 ? 1 : colours <= 4 ? 2 : 4;
}

function packedRowBytes(): u32 {
  return (tileWidth * fieldBits() + 7) >> 3;
}

/** A run's length: bytes that add up to one less, all but the last 255. */
// @ts-ignore: AssemblyScript's decorator
@inline
function putLength(length: u32): void {
  let rest = length - 1;
  for (; rest >= 255; rest -= 255) store<u8>(out++, 255);
  store<u8>(out++, rest);
}

function writePaletteRle(): void {
  writePalette(PALETTE_RLE + colours);
  for (let run: u32 = 0; run < runs; run++) {
    const length = start(run + 1) - start(run);
    const number = load<u8>(RUN_NUMBERS + run);
    store<u8>(out++, length == 1 ? number : number | 128);
    if (length > 1) putLength(length);
  }
}

function writePlainRle(): void {
  store<u8>(out++, PLAIN_RLE);
  for (let run: u32 = 0; run < runs; run++) {
    put(load<u32>(tile + 4 * start(run)));
    putLength(start(run + 1) - start(run));
  }
}

/** Writes a tile in its smallest form. */
function writeTile(): void {
  findRuns();
  if (runs == 1) {
    store<u8>(out++, SOLID);
    return put(load<u32>(tile));
  }
  findColours();
  const raw = pixels * pixelSize;
  const hasPalette = colours <= MAX_COLOURS;
  if (!hasPalette && runs * (pixelSize + 1) >= raw) return writeRaw();
  // What runs take besides colours: their lengths, or palette indices and lengths.
  let lengths: u32 = 0;
  let single: u32 = 0;
  for (let run: u32 = 0; run < runs; run++) {
    const length = start(run + 1) - start(run);
    lengths += 1 + (length - 1) / 255;
    if (length == 1) single++;
  }
  const plain = runs * pixelSize + lengths;
  const palette = hasPalette ? colours * pixelSize + runs + lengths - single : u32.MAX_VALUE;
  const packed = colours <= MAX_PACKED_COLOURS
    ? colours * pixelSize + packedRowBytes() * tileHeight
    : u32.MAX_VALUE;
  const smallest = min(min(raw, plain), min(palette, packed));
  if (smallest == packed) writePacked();
  else if (smallest == palette) writePaletteRle();
  else if (smallest == raw) writeRaw();
  else writePlainRle();
}

/** Brings a tile's rows together. */
function gather(from: usize, stride: usize): void {
  tile = TILE;
  for (let y: u32 = 0; y < tileHeight; y++) {
    const to = tile + 4 * <usize> y * tileWidth;
    for (let at: usize = 0; at < 4 * <usize> tileWidth; at += 16) {
      v128.store(to + at, v128.load(from + at));
    }
    from += stride;
  }
}

/**
 * Writes a rectangle as TRLE's, or before they are compressed ZRLE's, tiles. The first 64 KiB of the
 * memory are the kernel's.
 * @param from Its pixel values, row after row without gaps, with 64 bytes to spare on both sides.
 * @param to Has room for all tiles raw, and 64 bytes more.
 * @param tileSize Width and height of a tile.
 * @param size Bytes of a pixel, of which `lowest` is the lowest bit in a pixel value.
 * @returns How many bytes it takes.
 */
export function encode(
  from: usize,
  width: u32,
  height: u32,
  to: usize,
  tileSize: u32,
  size: u32,
  lowest: u32,
  isBigEndian: bool,
): u32 {
  pixelSize = size;
  lowestBit = lowest;
  bigEndian = isBigEndian;
  out = to;
  findByteOrder();
  const stride = 4 * <usize> width;
  for (let y: u32 = 0; y < height; y += tileSize) {
    tileHeight = min(tileSize, height - y);
    for (let x: u32 = 0; x < width; x += tileSize) {
      tileWidth = min(tileSize, width - x);
      pixels = tileWidth * tileHeight;
      tile = from + y * stride + 4 * x;
      if (tileWidth < width) gather(tile, stride);
      writeTile();
    }
  }
  return <u32> (out - to);
}

/** Where in four pixel values the bytes are that are written. */
function findByteOrder(): void {
  const order = TILE;
  memory.fill(order, 255, 16);
  for (let i: u32 = 0; i < 4 * pixelSize; i++) {
    const byte = i % pixelSize;
    const from = (lowestBit >> 3) + (bigEndian ? pixelSize - 1 - byte : byte);
    store<u8>(order + i, 4 * (i / pixelSize) + from);
  }
  byteOrder = v128.load(order);
}
