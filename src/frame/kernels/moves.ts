import { CELL } from "../changed_cells.ts";
import { COLOUR } from "../colour.ts";
import { instantiate, lazyKernel } from "./kernel.ts";
import code from "./moves.wasm" with { type: "bytes" };

/**
 * What moves.as.ts exports, to compare colours of words. Pointers are bytes in the memory, all else is
 * pixels; both pictures have rows of the same length.
 */
export interface MovesKernel {
  /** How many of `count` words are the same, before the first that isn't. */
  sameFor(a: number, b: number, count: number): number;
  /** How many words are left of `count` without the last ones that are the same. */
  differentUpTo(a: number, b: number, count: number): number;
  /** 1 if two rectangles of pixels are the same. */
  isSame(a: number, b: number, stride: number, width: number, height: number): number;
  /**
   * Leaves those cells of 16x16 pixels that hold what was `dx`, `dy` before them: at the edge only
   * those that have all of it there.
   * @param cells A byte for each, 1 or 0, row by row.
   */
  keepMoved(
    now: number,
    before: number,
    width: number,
    height: number,
    cells: number,
    dx: number,
    dy: number,
  ): void;
}

const compiled = lazyKernel(code);

/** The kernel on a memory. */
export function createMovesKernel(memory: WebAssembly.Memory): MovesKernel {
  return instantiate(compiled(), memory);
}

/** What the kernel does, in plain words, for the tests. */
export function createPlainMoves(memory: WebAssembly.Memory): MovesKernel {
  const words = new Uint32Array(memory.buffer);
  const bytes = new Uint8Array(memory.buffer);
  const differs = (a: number, b: number, i: number) =>
    ((words[a / 4 + i]! ^ words[b / 4 + i]!) & COLOUR) !== 0;
  const sameFor = (a: number, b: number, count: number) => {
    let i = 0;
    while (i < count && !differs(a, b, i)) i++;
    return i;
  };
  const differentUpTo = (a: number, b: number, count: number) => {
    while (count > 0 && !differs(a, b, count - 1)) count--;
    return count;
  };
  const isSame = (a: number, b: number, stride: number, width: number, height: number) => {
    for (let row = 0; row < height; row++) {
      if (sameFor(a + 4 * row * stride, b + 4 * row * stride, width) < width) return 0;
    }
    return 1;
  };
  const keepMoved: MovesKernel["keepMoved"] = (now, before, width, height, cells, dx, dy) => {
    const isMoved = (x: number, y: number) => {
      const [right, bottom] = [Math.min(x + CELL, width), Math.min(y + CELL, height)];
      if (x < dx || right > width + dx || y < dy || bottom > height + dy) return false;
      const [a, b] = [now + 4 * (y * width + x), before + 4 * ((y - dy) * width + x - dx)];
      return isSame(a, b, width, right - x, bottom - y) === 1;
    };
    for (let y = 0; y < height; y += CELL) {
      for (let x = 0; x < width; x += CELL, cells++) if (!isMoved(x, y)) bytes[cells] = 0;
    }
  };
  return { sameFor, differentUpTo, isSame, keepMoved };
}
