import { assert, assertEquals } from "@std/assert";
import { Region } from "../../../src/frame/region.ts";
import { portion } from "../../../src/viewer/picture/portion.ts";

const VIDEO = { x: 0, y: 0, width: 400, height: 300 };
const LETTER = { x: 100, y: 400, width: 8, height: 16 };

Deno.test("of what is more than allowed come the first rows, 16 or a multiple", () => {
  const region = Region.of({ x: 0, y: 7, width: 100, height: 200 });
  for (const [pixels, height] of [[1, 16], [1600, 16], [1601, 32]] as const) {
    const first = { x: 0, y: 7, width: 100, height };
    assertEquals(portion(region, pixels, 0), { region: Region.of(first), nextRow: 7 + height });
  }
});

Deno.test("what is small comes at once, whatever else there is", () => {
  for (const fromRow of [0, 160, 450]) {
    const { region } = portion(Region.of(VIDEO, LETTER), 20000, fromRow);
    assert(Region.of(LETTER).subtract(region).isEmpty, `from row ${fromRow}`);
    assert(region.area < 30000, `${region.area} pixels`);
  }
});

Deno.test("portions get everywhere, though something small below changes every time", () => {
  let seen = Region.empty;
  let row = 0;
  for (let n = 0; n < 10; n++) {
    const { region, nextRow } = portion(Region.of(VIDEO, LETTER), 20000, row);
    seen = seen.union(region);
    row = nextRow;
  }
  assertEquals(Region.of(VIDEO, LETTER).subtract(seen).rects, []);
});

Deno.test("a portion is never empty, and holds all where that is allowed", () => {
  assert(!portion(Region.of(VIDEO), 1, 0).region.isEmpty);
  assertEquals(portion(Region.of(VIDEO, LETTER), 1e6, 70).region.area, 400 * 300 + 8 * 16);
});

Deno.test("whatever changes beside it, everything has its turn", () => {
  const video = { x: 0, y: 100, width: 800, height: 600 };
  const page = { x: 1000, y: 400, width: 100, height: 100 };
  for (const pixels of [1, 1000, 13_000, 40_000]) {
    let seen = Region.empty;
    let row = 0;
    for (let turn = 0; turn < 50; turn++) {
      const { region, nextRow } = portion(Region.of(video, page), pixels, row);
      seen = seen.union(region);
      row = nextRow;
    }
    assert(Region.of(page).subtract(seen).isEmpty, `${pixels} pixels at a time`);
  }
});

/** A rectangle of as many pixels in a row as no small one has. */
const rows = (y: number, height: number) => ({ x: 0, y, width: 5000, height });

Deno.test("of what is more than allowed come the first rows, 16 or a multiple", () => {
  const region = Region.of(rows(0, 200));
  assertEquals(portion(region, 1, 0).region.rects, [rows(0, 16)]);
  assertEquals(portion(region, 16 * 5000, 0).region.rects, [rows(0, 16)]);
  assertEquals(portion(region, 16 * 5000 + 1, 0).region.rects, [rows(0, 32)]);
});

Deno.test("what lies above the row to begin with comes last", () => {
  const region = Region.of(rows(0, 10), rows(50, 40), rows(150, 10));
  assertEquals(portion(region, 15 * 5000, 80).region.rects, [rows(80, 10), rows(150, 10)]);
  const all = [rows(0, 10), rows(80, 10), rows(150, 10)];
  assertEquals(portion(region, 25 * 5000, 80), { region: Region.of(...all), nextRow: 10 });
});
