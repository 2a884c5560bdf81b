import { assertEquals } from "@std/assert";
import { Palette } from "../../src/encodings/palette.ts";
import { Random } from "../support/random.ts";

Deno.test("a palette numbers colours as they turn up and counts their pixels", () => {
  const palette = new Palette(256);
  palette.addAll(Uint32Array.of(7, 7, 0, 0xffffffff, 0, 0));
  assertEquals(palette.size, 3);
  assertEquals([...palette.colours.subarray(0, 3)], [7, 0, 0xffffffff]);
  assertEquals([...palette.counts.subarray(0, 3)], [2, 3, 1]);
  assertEquals(palette.mostFrequent, 0);
});

Deno.test("a full palette refuses new colours and still knows the old ones", () => {
  const palette = new Palette(3);
  assertEquals([5, 6, 7, 8, 5, 7].map((colour) => palette.add(colour, 1)), [0, 1, 2, -1, 0, 2]);
  assertEquals(palette.size, 3);
});

Deno.test("a cleared palette is as good as a new one", () => {
  const palette = new Palette(3);
  palette.addAll(Uint32Array.of(5, 6, 6, 7));
  palette.clear();
  assertEquals(palette.add(7, 4), 0);
  assertEquals(palette.size, 1);
  assertEquals(palette.counts[0], 4);
});

Deno.test("256 colours keep their numbers, whatever they are", () => {
  for (const shift of [0, 8, 16, 24]) {
    const palette = new Palette(256);
    const random = new Random(31);
    for (let n = 0; n < 256; n++) assertEquals(palette.add((n << shift) >>> 0, 1), n);
    for (let round = 0; round < 500; round++) {
      const n = random.below(256);
      assertEquals(palette.add((n << shift) >>> 0, 1), n);
    }
    assertEquals(palette.size, 256);
  }
});
