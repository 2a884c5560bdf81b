import { assert, assertEquals } from "@std/assert";
import { BLOCK, cutIntoBlocks } from "../../src/encodings/blocks.ts";
import { Region } from "../../src/frame/region.ts";

Deno.test("what holds no more pixels than a block stays whole, whatever its shape", () => {
  const long = { x: 7, y: 9, width: 1, height: BLOCK.width * BLOCK.height };
  assertEquals(cutIntoBlocks(long), [long]);
});

Deno.test("larger rectangles are cut at the same places, wherever they begin", () => {
  const rect = { x: 500, y: 250, width: 600, height: 300 };
  const blocks = cutIntoBlocks(rect);
  assertEquals(blocks.map(({ x, y, width, height }) => [x, y, width, height]), [
    [500, 250, 12, 6],
    [512, 250, 512, 6],
    [1024, 250, 76, 6],
    [500, 256, 12, 256],
    [512, 256, 512, 256],
    [1024, 256, 76, 256],
    [500, 512, 12, 38],
    [512, 512, 512, 38],
    [1024, 512, 76, 38],
  ]);
  assert(Region.of(rect).subtract(Region.of(...blocks)).isEmpty);
});
