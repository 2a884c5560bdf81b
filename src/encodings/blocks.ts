import type { Rect } from "../frame/rect.ts";

/**
 * Where large rectangles are cut before they are encoded, so that several threads have something to
 * do, and the first piece is on its way while the next is encoded. Wide, as whole rows of a picture are
 * copied fastest, and not too small, as each is a message to a thread and back: a fifth of the time
 * for those of 512x256. Always in the same places, so that viewers that need different regions still
 * have most of their rectangles in common.
 */
export const BLOCK = { width: 2048, height: 128 } as const;

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
