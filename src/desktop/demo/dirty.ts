import type { Rect } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";

/** More separate rectangles than this are drawn as one that holds them all. */
const MAX_RECTS = 24;

/** Adds to what is to be drawn anew; it stays small however long nobody draws it. */
export function addDirty(dirty: Region, rect: Rect): Region {
  const all = dirty.union(Region.of(rect));
  return all.rects.length > MAX_RECTS ? Region.of(boundsOf(all)) : all;
}

function boundsOf({ rects }: Region): Rect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}
