import type { Framebuffer } from "./framebuffer.ts";
import type { Rect } from "./rect.ts";

/** The colour of a word; a screen may hold anything in the byte above it. */
export const COLOUR = 0xffffff;

/** How many of `count` words have the same colour, before the first that doesn't. */
export function sameFor(
  a: Uint32Array,
  startA: number,
  b: Uint32Array,
  startB: number,
  count: number,
): number {
  let i = 0;
  while (i < count && ((a[startA + i]! ^ b[startB + i]!) & COLOUR) === 0) i++;
  return i;
}

/** Whether two rectangles of the same size hold the same colours. */
export function isSame(a: Framebuffer, inA: Rect, b: Framebuffer, inB: Rect): boolean {
  const { width, height } = inA;
  for (let row = 0; row < height; row++) {
    const startA = (inA.y + row) * a.stride + inA.x;
    const startB = (inB.y + row) * b.stride + inB.x;
    if (sameFor(a.pixels, startA, b.pixels, startB, width) < width) return false;
  }
  return true;
}
