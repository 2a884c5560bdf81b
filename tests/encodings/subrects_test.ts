import { assert, assertEquals } from "@std/assert";
import { Subrects } from "../../src/encodings/subrects.ts";
import { Random } from "../support/random.ts";

const BACKGROUND = 9;

function randomPiece(random: Random, size: number): Uint32Array {
  const colours = 1 + random.below(4);
  return Uint32Array.from({ length: size }, () => {
    return random.below(2) === 0 ? BACKGROUND : BACKGROUND + random.below(colours);
  });
}

Deno.test("subrectangles are disjoint, of one colour, and cover all but the background", () => {
  const random = new Random(41);
  const subrects = new Subrects(400);
  for (let n = 0; n < 300; n++) {
    const width = 1 + random.below(20);
    const height = 1 + random.below(20);
    const values = randomPiece(random, width * height);
    assert(subrects.find(values, width, BACKGROUND, values.length));
    const drawn = new Uint32Array(values.length).fill(BACKGROUND);
    for (let i = 0; i < subrects.count; i++) {
      const [x, y] = [subrects.xs[i]!, subrects.ys[i]!];
      const [right, bottom] = [x + subrects.widths[i]!, y + subrects.heights[i]!];
      assert(right > x && bottom > y && right <= width && bottom <= height);
      for (let at = y * width; at < bottom * width; at += width) {
        for (let column = x; column < right; column++) {
          assertEquals(drawn[at + column], BACKGROUND, "disjoint");
          drawn[at + column] = subrects.colours[i]!;
        }
      }
    }
    assertEquals(drawn, values);
  }
});

Deno.test("the search ends where the limit isn't enough, and leaves the values alone", () => {
  const values = Uint32Array.of(1, 0, 2, 0, 3, 0);
  const subrects = new Subrects(values.length);
  assert(!subrects.find(values, 6, 0, 2));
  assert(subrects.find(values, 6, 0, 3));
  assertEquals(subrects.count, 3);
  assertEquals(values, Uint32Array.of(1, 0, 2, 0, 3, 0));
});

Deno.test("a piece that is all background needs no subrectangle", () => {
  const subrects = new Subrects(4);
  assert(subrects.find(new Uint32Array(4), 2, 0, 0));
  assertEquals(subrects.count, 0);
});
