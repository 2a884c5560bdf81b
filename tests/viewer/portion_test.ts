import { assert, assertEquals } from "@std/assert";
import type { Rect } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";
import { portion } from "../../src/viewer/portion.ts";

const BOUNDS: Rect = { x: 0, y: 0, width: 100, height: 200 };

/** A rectangle as wide as the bounds. */
const rows = (y: number, height: number): Rect => ({ x: 0, y, width: 100, height });

Deno.test("what is no more than allowed comes as a whole", () => {
  const region = Region.of(rows(0, 10), rows(50, 10));
  assertEquals(portion(region, 2000, 55), region);
});

Deno.test("of what is more come the first rows, 16 or a multiple", () => {
  const region = Region.of(BOUNDS);
  assertEquals(portion(region, 1, 0).rects, [rows(0, 16)]);
  assertEquals(portion(region, 1600, 0).rects, [rows(0, 16)]);
  assertEquals(portion(region, 1601, 0).rects, [rows(0, 32)]);
});

Deno.test("several rectangles come until there are enough", () => {
  const region = Region.of(rows(0, 10), rows(50, 10), rows(100, 10), rows(150, 10));
  assertEquals(portion(region, 1500, 0).rects, [rows(0, 10), rows(50, 10)]);
});

Deno.test("what lies above the row to begin with comes last", () => {
  const region = Region.of(rows(0, 10), rows(50, 40), rows(150, 10));
  assertEquals(portion(region, 1500, 80).rects, [rows(80, 10), rows(150, 10)]);
  assertEquals(portion(region, 2500, 80).rects, [rows(0, 10), rows(80, 10), rows(150, 10)]);
});

Deno.test("whoever goes on where the last portion ended gets everywhere, though the top changes", () => {
  const all = Region.of(BOUNDS);
  let needed = all;
  let taken = Region.empty;
  let row = 0;
  for (let n = 0; n < 30; n++) {
    const part = portion(needed, 2000, row);
    assert(part.subtract(needed).isEmpty);
    taken = taken.union(part);
    const last = part.rects.at(-1)!;
    row = last.y + last.height;
    needed = needed.subtract(part).union(Region.of(rows(0, 30)));
  }
  assert(all.subtract(taken).isEmpty);
});
