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
    const memory = kernelMemory(4 * (width * height + cellCount + CELL * width));
    const frame = new Framebuffer(width, height, new Uint32Array(memory.buffer, 0, width * height));
    const cells = new Uint32Array(memory.buffer, 4 * width * height, cellCount);
    const compare = createCompare(memory, frame, cells, 4 * (width * height + cellCount));
    const plainFrame = new Framebuffer(width, height);
    const plainCells = new Uint32Array(cellCount);
    const stride = width + random.below(3);
    const screen = new Framebuffer(width, height, new Uint32Array(stride * height), stride);
    for (let step = 0; step < 4; step++) {
      disturb(random, screen);
      const [x, y] = [random.below(width), random.below(height)];
      const size = { width: 1 + random.below(width - x), height: 1 + random.below(height - y) };
      const area = { x, y, ...size };
      compare(screen, area);
      comparePlainly(screen, plainFrame, plainCells, area);
      assertEquals(frame.pixels, plainFrame.pixels);
      assertEquals(cells, plainCells);
    }
  }
});
