import { intersect, type Rect } from "../frame/rect.ts";
import { Region } from "../frame/region.ts";

/** A piece of a region cut off below is as many rows high, or a multiple of it. */
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
  // What is side by side goes together: the next portion begins below it.
  for (const band of Map.groupBy(inTurn(region, fromRow), ({ y }) => y).values()) {
    if (taken.length > 0 && room <= 0) break;
    const width = band.reduce((sum, rect) => sum + rect.width, 0);
    const rows = Math.ceil(Math.max(room, 1) / width / STEP) * STEP;
    taken.push(...band.map((rect) => intersect(rect, { ...rect, height: rows })));
    room -= width * band[0]!.height;
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
