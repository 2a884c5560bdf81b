import type { Rect } from "../frame/rect.ts";

/**
 * Where large rectangles are cut before they are encoded: more pixels at once take several
 * milliseconds, and that is how long input and the other viewers may have to wait. Always in the same
 * places, so that viewers that need different regions still have most of their rectangles in common.
 */
export const BLOCK = { width: 512, height: 256 } as const;

/** Cuts what is larger than a block at the blocks' edges. */
export function cutIntoBlocks(rect: Rect): Rect[] {
  if (rect.width * rect.height <= BLOCK.width * BLOCK.height) return [rect];
  const xs = cuts(rect.x, rect.width, BLOCK.width);
  const ys = cuts(rect.y, rect.height, BLOCK.height);
  return ys.flatMap(([y, height]) => xs.map(([x, width]) => ({ x, y, width, height })));
}

/** The pieces, as start and length, into which multiples of `step` cut a length. */
function cuts(start: number, length: number, step: number): [start: number, length: number][] {
  const pieces: [number, number][] = [];
  for (let at = start; at < start + length;) {
    const end = Math.min(start + length, (Math.floor(at / step) + 1) * step);
    pieces.push([at, end - at]);
    at = end;
  }
  return pieces;
}
