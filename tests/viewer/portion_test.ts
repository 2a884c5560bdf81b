import { assert, assertEquals } from "@std/assert";
import type { Rect } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";
import { portion } from "../../src/viewer/portion.ts";

const VIDEO: Rect = { x: 0, y: 100, width: 800, height: 600 };
const NOTE: Rect = { x: 1000, y: 400, width: 16, height: 16 };

/** Portions of what goes on changing to the left of something small, until that has its turn. */
function turnsUntilNote(maxPixels: number): number {
  let row = 0;
  for (let turn = 1; turn < 100; turn++) {
    const part = portion(Region.of(VIDEO, NOTE), maxPixels, row);
    if (!part.intersect(Region.of(NOTE)).isEmpty) return turn;
    const last = part.rects.at(-1)!;
    row = last.y + last.height;
  }
  throw new Error("it never has its turn");
}

Deno.test("whatever changes beside it, everything has its turn", () => {
  for (const pixels of [1, 1000, 13_000, 40_000]) assert(turnsUntilNote(pixels) <= 20, `${pixels}`);
});

Deno.test("a portion holds about as many pixels as allowed", () => {
  assertEquals(portion(Region.of(VIDEO, NOTE), 800 * 32, 400).rects, [
    { x: 0, y: 400, width: 800, height: 16 },
    { x: 1000, y: 400, width: 16, height: 16 },
    { x: 0, y: 416, width: 800, height: 16 },
  ]);
});
