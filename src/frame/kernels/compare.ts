import { CELL } from "../changed_cells.ts";
import { COLOUR } from "../colour.ts";
import type { Framebuffer } from "../framebuffer.ts";
import type { Rect } from "../rect.ts";
import code from "./compare.wasm" with { type: "bytes" };
import { instantiate, lazyKernel } from "./kernel.ts";

/** What compare.as.ts exports; pointers are bytes in the memory, all else pixels. */
interface CompareKernel {
  compareRows(
    from: number,
    to: number,
    stride: number,
    x: number,
    width: number,
    cells: number,
    row: number,
    rows: number,
  ): void;
}

const compiled = lazyKernel(code);

/**
 * Makes a function that brings an area of `before` up to `now`, and marks where they differed.
 * @param memory Holds all that follows.
 * @param before Has rows as long as those of `now`.
 * @param cells As {@linkcode ChangedCells} keeps them: bits 16 to 31 for rows, 0 to 15 for columns.
 */
export function createCompare(
  memory: WebAssembly.Memory,
  now: Framebuffer,
  before: Framebuffer,
  cells: Uint32Array,
): (area: Rect) => void {
  const { compareRows } = instantiate<CompareKernel>(compiled(), memory);
  const { stride } = now;
  const columns = Math.ceil(now.width / CELL);
  return ({ x, y, width, height }) => {
    for (let top = y; top < y + height;) {
      const bottom = Math.min(y + height, (Math.floor(top / CELL) + 1) * CELL);
      const start = 4 * (top * stride + x);
      const rowOfCells = cells.byteOffset + 4 * Math.floor(top / CELL) * columns;
      compareRows(
        ...[now.pixels.byteOffset + start, before.pixels.byteOffset + start, stride] as const,
        ...[x, width, rowOfCells, top % CELL, bottom - top] as const,
      );
      top = bottom;
    }
  };
}

/** What the kernel does, in plain words, for the tests. */
export function comparePlainly(
  now: Framebuffer,
  before: Framebuffer,
  cells: Uint32Array,
  area: Rect,
): void {
  const columns = Math.ceil(now.width / CELL);
  for (let y = area.y; y < area.y + area.height; y++) {
    for (let x = area.x; x < area.x + area.width; x++) {
      const colour = now.pixels[y * now.stride + x]! & COLOUR;
      if (colour === before.pixels[y * before.stride + x]) continue;
      before.pixels[y * before.stride + x] = colour;
      const cell = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
      cells[cell]! |= 0x10000 << (y % CELL) | 1 << (x % CELL);
    }
  }
}
