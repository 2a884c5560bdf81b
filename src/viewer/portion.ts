import { areaOf, intersect, type Rect } from "../frame/rect.ts";
import { Region } from "../frame/region.ts";

/** What is cut off a rectangle is a multiple of so many rows high. */
const STEP = 16;

/**
 * A part of a region that holds about as many pixels as allowed, at least some.
 * @param fromRow Where to begin; what lies above comes after what lies below, so that whoever
 * continues where the last portion ended gets everywhere, however much changes at the top.
 */
export function portion(region: Region, maxPixels: number, fromRow: number): Region {
  if (region.area <= maxPixels) return region;
  const taken: Rect[] = [];
  let room = maxPixels;
  for (const rect of inTurn(region, fromRow)) {
    if (taken.length > 0 && room <= 0) break;
    const rows = Math.ceil(Math.max(room, 1) / rect.width / STEP) * STEP;
    taken.push(intersect(rect, { ...rect, height: rows }));
    room -= areaOf(rect);
  }
  return Region.of(...taken);
}

/** The rectangles from a row on, then those above it. */
function inTurn(region: Region, fromRow: number): Rect[] {
  const { rects } = region;
  const below = (rect: Rect): Rect => ({
    ...rect,
    y: Math.max(rect.y, fromRow),
    height: rect.y + rect.height - Math.max(rect.y, fromRow),
  });
  const above = (rect: Rect): Rect => ({
    ...rect,
    height: Math.min(rect.y + rect.height, fromRow) - rect.y,
  });
  return [
    ...rects.filter((rect) => rect.y + rect.height > fromRow).map(below),
    ...rects.filter((rect) => rect.y < fromRow).map(above),
  ];
}
