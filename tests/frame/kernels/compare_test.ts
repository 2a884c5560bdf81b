import { assertEquals } from "@std/assert";
import { CELL } from "../../../src/frame/changed_cells.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { comparePlainly, createCompare } from "../../../src/frame/kernels/compare.ts";
import { kernelMemory } from "../../../src/frame/kernels/kernel.ts";
import { Random } from "../../support/random.ts";

/** Pixels of which some differ in colour, and some in what doesn't matter. */
function disturb(random: Random, { pixels }: Framebuffer): void {
  for (let i = 0; i < pixels.length; i++) {
    const dice = random.below(20);
    if (dice === 0) pixels[i] = random.below(2 ** 32);
    else if (dice < 5) pixels[i]! ^= 0xff000000;
  }
}

Deno.test("the kernel finds and copies the same as the plain comparison", () => {
  const random = new Random(1);
  for (let round = 0; round < 300; round++) {
    const [width, height] = [1 + random.below(100), 1 + random.below(70)];
    const cellCount = Math.ceil(width / CELL) * Math.ceil(height / CELL);
    const size = width * height;
    const memory = kernelMemory(4 * (2 * size + cellCount));
    const words = (start: number, length: number) =>
      new Uint32Array(memory.buffer, 4 * start, length);
    const now = new Framebuffer(width, height, words(0, size));
    const before = new Framebuffer(width, height, words(size, size));
    const cells = words(2 * size, cellCount);
    const compare = createCompare(memory, now, before, cells);
    const plainBefore = new Framebuffer(width, height);
    const plainCells = new Uint32Array(cellCount);
    for (let step = 0; step < 4; step++) {
      disturb(random, now);
      const [x, y] = [random.below(width), random.below(height)];
      const size = { width: 1 + random.below(width - x), height: 1 + random.below(height - y) };
      compare({ x, y, ...size });
      comparePlainly(now, plainBefore, plainCells, { x, y, ...size });
      assertEquals(before.pixels, plainBefore.pixels);
      assertEquals(cells, plainCells);
    }
  }
});
