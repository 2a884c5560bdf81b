import { assertEquals } from "@std/assert";
import { kernelMemory } from "../../../src/frame/kernels/kernel.ts";
import { createMovesKernel, createPlainMoves } from "../../../src/frame/kernels/moves.ts";
import { Random } from "../../support/random.ts";

const CELL = 16;

/** Two pictures of a few colours in one memory, and cells behind them. */
class Rig {
  readonly memory: WebAssembly.Memory;
  readonly pixels: Uint32Array;
  readonly before: number;
  readonly cells: Uint8Array;

  constructor(readonly random: Random, readonly width: number, readonly height: number) {
    const size = width * height;
    const cellCount = Math.ceil(width / CELL) * Math.ceil(height / CELL);
    this.memory = kernelMemory(8 * size + cellCount);
    this.pixels = new Uint32Array(this.memory.buffer, 0, 2 * size);
    this.before = 4 * size;
    this.cells = new Uint8Array(this.memory.buffer, 8 * size, cellCount);
  }

  /** Most of the new picture is the old one, moved; top bytes differ. */
  paint(dx: number, dy: number): void {
    const { random, width, height, pixels } = this;
    const old = pixels.subarray(width * height);
    for (let i = 0; i < old.length; i++) {
      old[i] = random.below(3) * 0x10203 + random.below(2) * 2 ** 24;
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const inside = x >= dx && x - dx < width && y >= dy && y - dy < height;
        const word = inside ? old[(y - dy) * width + x - dx]! : 7;
        pixels[y * width + x] = random.below(300) === 0 ? 9 : (word ^ random.below(2) << 30) >>> 0;
      }
    }
  }
}

Deno.test("the kernel finds the same as plain comparisons", () => {
  const random = new Random(2);
  const found = { same: 0, moved: 0 };
  for (let round = 0; round < 200; round++) {
    const [width, height] = [1 + random.below(90), 1 + random.below(60)];
    const rig = new Rig(random, width, height);
    const [dx, dy] = [random.below(25) - 12, random.below(25) - 12];
    rig.paint(dx, dy);
    const kernel = createMovesKernel(rig.memory);
    const plain = createPlainMoves(rig.memory);
    for (let i = 0; i < 30; i++) {
      const [x, y] = [random.below(width), random.below(height)];
      const [w, h] = [random.below(width - x) + 1, Math.min(random.below(4), height - y - 1) + 1];
      const a = 4 * (y * width + x);
      const isInside = x >= dx && x + w - dx <= width && y >= dy && y + h - dy <= height;
      const b = rig.before + (isInside ? 4 * ((y - dy) * width + x - dx) : a);
      assertEquals(kernel.sameFor(a, b, w), plain.sameFor(a, b, w));
      assertEquals(kernel.differentUpTo(a, b, w), plain.differentUpTo(a, b, w));
      const same = plain.isSame(a, b, width, w, h);
      assertEquals(kernel.isSame(a, b, width, w, h), same);
      found.same += same;
    }
    const asked = rig.cells.map(() => random.below(4) > 0 ? 1 : 0);
    rig.cells.set(asked);
    kernel.keepMoved(0, rig.before, width, height, rig.cells.byteOffset, dx, dy);
    const kept = rig.cells.slice();
    rig.cells.set(asked);
    plain.keepMoved(0, rig.before, width, height, rig.cells.byteOffset, dx, dy);
    assertEquals(kept, rig.cells);
    found.moved += kept.reduce((sum, one) => sum + one, 0);
  }
  // The pictures are such that all of it happens.
  assertEquals([found.same > 500, found.moved > 100], [true, true]);
});
