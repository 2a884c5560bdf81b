import { assert, assertEquals } from "@std/assert";
import { LookPlan } from "../../../../src/desktop/windows/screen/look_plan.ts";
import { TileGrid } from "../../../../src/desktop/windows/screen/tile_grid.ts";

const GRID = new TileGrid({ x: 0, y: 0, width: 1000, height: 700 });

/** How often each tile is due in beats of some milliseconds from 1000 on. */
function looks(
  plan: LookPlan,
  beats: number,
  interval: number,
  near: Parameters<LookPlan["due"]>[1],
) {
  const counts = new Array<number>(GRID.size).fill(0);
  const sizes: number[] = [];
  for (let beat = 1; beat <= beats; beat++) {
    const due = plan.due(1000 + beat * interval, near);
    sizes.push(due.length);
    for (const tile of due) counts[tile]!++;
  }
  return { counts, sizes };
}

Deno.test("every tile of a still screen is looked at each half second, in portions", () => {
  for (const interval of [10, 100]) {
    const { counts, sizes } = looks(new LookPlan(GRID, 1000), 500 / interval, interval, []);
    assertEquals(new Set(counts), new Set([1]));
    assert(Math.max(...sizes) <= Math.ceil(interval / 500 * GRID.rows) * GRID.columns);
  }
});

Deno.test("the window in use is looked at more often, most when there was input", () => {
  const near = [{ x: 64, y: 64, width: 128, height: 128 }];
  const inside = GRID.meeting(near[0]!);
  const calm = looks(new LookPlan(GRID, 1000), 30, 10, near).counts;
  for (const tile of inside) assertEquals(calm[tile], 2);
  const plan = new LookPlan(GRID, 1000);
  plan.hurry(1000);
  const hasty = looks(plan, 30, 10, near).counts;
  for (const tile of inside) assert(hasty[tile]! >= 7, `${hasty[tile]}`);
  for (const [tile, count] of hasty.entries()) assert(inside.includes(tile) || count <= 1);
});

Deno.test("after seconds without a change the window in use is like all the rest", () => {
  const near = [{ x: 0, y: 0, width: 1000, height: 700 }];
  const looksFrom = (plan: LookPlan, start: number) => {
    let count = 0;
    for (let now = start; now < start + 1000; now += 100) count += plan.due(now, near).length;
    return count;
  };
  const plan = new LookPlan(GRID, 1000);
  assert(looksFrom(plan, 1100) > 4 * GRID.size);
  assert(looksFrom(plan, 8000) < 3 * GRID.size);
  plan.changed([3], 1, 9000);
  assert(looksFrom(plan, 9100) > 4 * GRID.size);
  assert(looksFrom(plan, 20000) < 3 * GRID.size);
  plan.hurry(21000);
  assert(looksFrom(plan, 21600) > 4 * GRID.size);
});

Deno.test("a tile that has changed is looked at in every beat for a while", () => {
  const plan = new LookPlan(GRID, 1000);
  plan.changed([17], 1, 1000);
  const { counts } = looks(plan, 50, 10, []);
  assertEquals(counts[17], 50);
  assert(!plan.due(3000, []).includes(17) || plan.due(3001, []).length < GRID.size);
  const later = Array.from({ length: 20 }, (_, i) => plan.due(3100 + 10 * i, []).includes(17));
  assert(later.filter(Boolean).length <= 1);
});

Deno.test("around a change the tiles are looked at at once, each once", () => {
  const plan = new LookPlan(GRID, 1000);
  const tile = 3 * GRID.columns + 5;
  const around = plan.changed([tile], 1, 1005).sort((a, b) => a - b);
  const rows = [2, 3, 4].flatMap((row) => [4, 5, 6].map((column) => row * GRID.columns + column));
  assertEquals(around, rows);
  assertEquals(plan.changed([tile], 1, 1005), []);
  assertEquals(plan.changed([0], 1, 1005).sort((a, b) => a - b), [
    ...[0, 1, GRID.columns, GRID.columns + 1],
  ]);
});
