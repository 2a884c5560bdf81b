import type { Rect } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";

/** A region of more rectangles than this is drawn with some pixels around them. */
const MAX_RECTS = 24;

/** Adds to what is to be drawn anew; it stays small however long nobody draws it. */
export function addDirty(dirty: Region, rect: Rect): Region {
  return dirty.union(Region.of(rect)).simplified(MAX_RECTS);
}
