import { assert, assertEquals } from "@std/assert";
import type { Rect } from "../../../src/frame/rect.ts";
import { LossyAreas } from "../../../src/viewer/picture/lossy_areas.ts";

const A: Rect = { x: 0, y: 0, width: 10, height: 10 };
const B: Rect = { x: 20, y: 0, width: 10, height: 10 };

Deno.test("what came lossy has settled after one full interval without being sent again", () => {
  const areas = new LossyAreas();
  assert(!areas.unsettled);
  areas.sent([A, B], []);
  areas.tick();
  assert(areas.settled.isEmpty && areas.unsettled);
  areas.sent([B], []);
  areas.tick();
  assertEquals(areas.settled.rects, [A]);
  areas.tick();
  assertEquals(areas.settled.rects, [A, B]);
  assert(!areas.unsettled);
});

Deno.test("what has come exactly is lossy no more", () => {
  const areas = new LossyAreas();
  areas.sent([A, B], []);
  areas.sent([], [A]);
  areas.tick();
  areas.tick();
  assertEquals(areas.settled.rects, [B]);
  areas.sent([], [B]);
  assert(areas.settled.isEmpty);
});

Deno.test("a copy of what is lossy is lossy, and one of what is exact is exact", () => {
  const areas = new LossyAreas();
  areas.sent([A], []);
  areas.moved({ to: B, dx: 20, dy: 0 });
  areas.tick();
  areas.tick();
  assertEquals(areas.settled.rects, [A, B]);
  areas.moved({ to: A, dx: 0, dy: -10 });
  assertEquals(areas.settled.rects, [B]);
  areas.clear();
  assert(areas.settled.isEmpty);
});
