import { assertEquals } from "@std/assert";
import { differ, TileGrid } from "../../../../src/desktop/windows/screen/tile_grid.ts";
import { Framebuffer } from "../../../../src/frame/framebuffer.ts";

const BOUNDS = { x: 0, y: 0, width: 150, height: 100 };
const GRID = new TileGrid(BOUNDS);

Deno.test("tiles cover the screen, those at its edges are smaller", () => {
  assertEquals([GRID.columns, GRID.rows, GRID.size], [3, 2, 6]);
  assertEquals(GRID.rect(5), { x: 128, y: 64, width: 22, height: 36 });
  assertEquals(GRID.region([5, 0, 4, 3, 2, 1]).rects, [BOUNDS]);
  assertEquals(GRID.region([2, 3]).rects, [
    { x: 128, y: 0, width: 22, height: 64 },
    { x: 0, y: 64, width: 64, height: 36 },
  ]);
});

Deno.test("the tiles that meet a rectangle are found, also where it reaches out of the screen", () => {
  assertEquals(GRID.meeting({ x: 63, y: 10, width: 2, height: 1 }), [0, 1]);
  assertEquals(GRID.meeting({ x: 64, y: 0, width: 64, height: 64 }), [1]);
  assertEquals(GRID.meeting({ x: -50, y: 60, width: 60, height: 500 }), [0, 3]);
  assertEquals(GRID.meeting({ x: 200, y: 0, width: 5, height: 5 }), []);
});

Deno.test("pictures differ where a colour does; the top byte is none", () => {
  const [a, b] = [new Framebuffer(150, 100), new Framebuffer(150, 100)];
  b.pixels[64 * 150 + 127] = 0xff000000;
  assertEquals([0, 1, 2, 3, 4, 5].filter((tile) => differ(a, b, GRID.rect(tile))), []);
  b.pixels[64 * 150 + 127] = 1;
  assertEquals([0, 1, 2, 3, 4, 5].filter((tile) => differ(a, b, GRID.rect(tile))), [4]);
});
