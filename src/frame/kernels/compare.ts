import { CELL } from "../changed_cells.ts";
import type { Framebuffer } from "../framebuffer.ts";
import type { Rect } from "../rect.ts";
import { COLOUR } from "../same_pixels.ts";
import code from "./compare.wasm" with { type: "bytes" };
import { instantiate, lazyKernel } from "./kernel.ts";

/** What compare.as.ts exports; pointers are bytes in the memory, `stride` and what follows pixels. */
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
 * Makes a function that brings an area of a frame up to date with the screen, and marks where they
 * differed.
 * @param memory Holds the frame and the cells, and behind `band` room for {@linkcode CELL} rows of it.
 * @param cells As {@linkcode ChangedCells} keeps them: bits 16 to 31 for rows, 0 to 15 for columns.
 */
export function createCompare(
  memory: WebAssembly.Memory,
  frame: Framebuffer,
  cells: Uint32Array,
  band: number,
): (screen: Framebuffer, area: Rect) => void {
  const { compareRows } = instantiate<CompareKernel>(compiled(), memory);
  const words = new Uint32Array(memory.buffer, band, CELL * frame.width);
  const columns = Math.ceil(frame.width / CELL);
  return (screen, { x, y, width, height }) => {
    for (let top = y; top < y + height;) {
      const bottom = Math.min(y + height, (Math.floor(top / CELL) + 1) * CELL);
      screen.copyTo(words, { x, y: top, width, height: bottom - top });
      compareRows(
        band,
        frame.pixels.byteOffset + 4 * (top * frame.stride + x),
        frame.stride,
        x,
        width,
        cells.byteOffset + 4 * Math.floor(top / CELL) * columns,
        top % CELL,
        bottom - top,
      );
      top = bottom;
    }
  };
}

/** What the kernel does, in plain words, for the tests. */
export function comparePlainly(
  screen: Framebuffer,
  frame: Framebuffer,
  cells: Uint32Array,
  area: Rect,
): void {
  const columns = Math.ceil(frame.width / CELL);
  for (let y = area.y; y < area.y + area.height; y++) {
    for (let x = area.x; x < area.x + area.width; x++) {
      const colour = screen.pixels[y * screen.stride + x]! & COLOUR;
      if (colour === frame.pixels[y * frame.stride + x]) continue;
      frame.pixels[y * frame.stride + x] = colour;
      const cell = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
      cells[cell]! |= 0x10000 << (y % CELL) | 1 << (x % CELL);
    }
  }
}
