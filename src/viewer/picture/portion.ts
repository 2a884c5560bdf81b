import { areaOf, type Rect } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";

/** What is cut off below is a multiple of so many rows high. */
const STEP = 16;

/** What has at most so many pixels goes first: a typed letter shouldn't wait until a video is through. */
const SMALL = 64 * 64;

/** A part of a region, and the row where the next one is to begin. */
export interface Portion {
  readonly region: Region;
  readonly nextRow: number;
}

/**
 * A part of a region that holds about as many pixels as allowed, at least some: small rectangles, and
 * others from a row on.
 * @param fromRow Where those begin; what lies above comes after what lies below, so that whoever
 * continues where the last portion ended gets everywhere, however much changes at the top.
 */
export function portion(region: Region, maxPixels: number, fromRow: number): Portion {
  if (region.area <= maxPixels) return { region, nextRow: 0 };
  const small = smallest(region, maxPixels / 2);
  const taken = [...small];
  let room = maxPixels - Region.of(...small).area;
  let nextRow = fromRow;
  const large = region.subtract(Region.of(...small));
  // What is side by side goes together, as the next portion begins below it.
  for (const band of Map.groupBy(inTurn(large, fromRow), ({ y }) => y).values()) {
    if (room <= 0) break;
    const { y, height } = band[0]!;
    const width = band.reduce((sum, rect) => sum + rect.width, 0);
    const rows = Math.min(height, Math.ceil(room / width / STEP) * STEP);
    taken.push(...band.map((rect) => ({ ...rect, height: rows })));
    nextRow = y + rows;
    room -= width * height;
  }
  return { region: Region.of(...taken), nextRow };
}

/** Small rectangles of a region, no more of them than hold so many pixels together. */
function smallest(region: Region, maxPixels: number): Rect[] {
  const taken: Rect[] = [];
  let room = maxPixels;
  for (const rect of region.rects) {
    const area = areaOf(rect);
    if (area > SMALL || area > room) continue;
    taken.push(rect);
    room -= area;
  }
  return taken;
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
