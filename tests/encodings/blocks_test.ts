import { assert, assertEquals } from "@std/assert";
import { BLOCK, cutIntoBlocks } from "../../src/encodings/blocks.ts";
import { Region } from "../../src/frame/region.ts";

Deno.test("what holds no more pixels than a block stays whole, whatever its shape", () => {
  const long = { x: 7, y: 9, width: 1, height: BLOCK.width * BLOCK.height };
  assertEquals(cutIntoBlocks(long), [long]);
});

Deno.test("larger rectangles are cut at the same places, wherever they begin", () => {
  const rect = { x: 2000, y: 120, width: 2200, height: 150 };
  const blocks = cutIntoBlocks(rect);
  assertEquals(blocks.map(({ x, y, width, height }) => [x, y, width, height]), [
    [2000, 120, 48, 8],
    [2048, 120, 2048, 8],
    [4096, 120, 104, 8],
    [2000, 128, 48, 128],
    [2048, 128, 2048, 128],
    [4096, 128, 104, 128],
    [2000, 256, 48, 14],
    [2048, 256, 2048, 14],
    [4096, 256, 104, 14],
  ]);
  assert(Region.of(rect).subtract(Region.of(...blocks)).isEmpty);
});
