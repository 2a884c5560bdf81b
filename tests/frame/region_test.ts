import { assert, assertEquals } from "@std/assert";
import type { Rect } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";
import { Random } from "../support/random.ts";

const SIZE = 12;
const ROUNDS = 300;

/** The plainest model of a region: one flag for each pixel of a small square. */
type Bitmap = readonly boolean[];

function bitmapOf(rects: readonly Rect[]): Bitmap {
  return Array.from({ length: SIZE * SIZE }, (_, i) => {
    const x = i % SIZE;
    const y = Math.floor(i / SIZE);
    return rects.some((r) => x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height);
  });
}

function combine(a: Bitmap, b: Bitmap, keep: (inA: boolean, inB: boolean) => boolean): Bitmap {
  return a.map((inA, i) => keep(inA, b[i]!));
}

function randomRects(random: Random): Rect[] {
  return Array.from({ length: random.below(6) }, () => {
    const x = random.below(SIZE);
    const y = random.below(SIZE);
    return { x, y, width: random.below(SIZE - x + 1), height: random.below(SIZE - y + 1) };
  });
}

/** Checks what holds for every region, and that it has the model's pixels. */
function check(region: Region, model: Bitmap): void {
  assertEquals(bitmapOf(region.rects), model);
  const area = model.filter((inside) => inside).length;
  assertEquals(region.area, area, "its rectangles are disjoint");
  assertEquals(region.isEmpty, area === 0);
  const sorted = region.rects.toSorted((a, b) => a.y - b.y || a.x - b.x);
  assertEquals(region.rects, sorted);
}

Deno.test("a region of rectangles holds their pixels", () => {
  const random = new Random(21);
  for (let n = 0; n < ROUNDS; n++) {
    const rects = randomRects(random);
    check(Region.of(...rects), bitmapOf(rects));
  }
});

Deno.test("a region meets the rectangles that hold a pixel of it", () => {
  const random = new Random(23);
  for (let n = 0; n < ROUNDS; n++) {
    const region = Region.of(...randomRects(random));
    for (const rect of randomRects(random)) {
      assertEquals(region.meets(rect), !region.intersect(Region.of(rect)).isEmpty);
    }
  }
});

Deno.test("union, intersect and subtract agree with the pixels", () => {
  const random = new Random(22);
  for (let n = 0; n < ROUNDS; n++) {
    const [rectsA, rectsB] = [randomRects(random), randomRects(random)];
    const [a, b] = [Region.of(...rectsA), Region.of(...rectsB)];
    const [modelA, modelB] = [bitmapOf(rectsA), bitmapOf(rectsB)];
    check(a.union(b), combine(modelA, modelB, (inA, inB) => inA || inB));
    check(a.intersect(b), combine(modelA, modelB, (inA, inB) => inA && inB));
    check(a.subtract(b), combine(modelA, modelB, (inA, inB) => inA && !inB));
    check(a, modelA);
    check(b, modelB);
  }
});

Deno.test("the same pixels give the same rectangles, however they came together", () => {
  const random = new Random(23);
  for (let n = 0; n < ROUNDS; n++) {
    const rects = randomRects(random);
    const atOnce = Region.of(...rects);
    const oneByOne = rects.reduceRight(
      (region, rect) => region.union(Region.of(rect)),
      Region.empty,
    );
    const pixels = atOnce.rects.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, i) => {
        return { x: x + i % width, y: y + Math.floor(i / width), width: 1, height: 1 };
      })
    );
    assertEquals(oneByOne.rects, atOnce.rects);
    assertEquals(Region.of(...pixels).rects, atOnce.rects);
    assertEquals(Region.union(rects.map((rect) => Region.of(rect))).rects, atOnce.rects);
  }
});

Deno.test("translate moves every pixel", () => {
  const random = new Random(24);
  for (let n = 0; n < ROUNDS; n++) {
    const region = Region.of(...randomRects(random));
    const moved = region.rects.map((rect) => ({ ...rect, x: rect.x - 3, y: rect.y + 5 }));
    assertEquals(region.translate(-3, 5).rects, moved);
  }
});

Deno.test("touching rectangles become one", () => {
  const left = { x: 0, y: 0, width: 4, height: 4 };
  const right = { x: 4, y: 0, width: 2, height: 4 };
  const below = { x: 0, y: 4, width: 6, height: 1 };
  assertEquals(Region.of(below, right, left).rects, [{ x: 0, y: 0, width: 6, height: 5 }]);
});

Deno.test("empty rectangles add nothing", () => {
  const region = Region.of({ x: 3, y: 3, width: 0, height: 9 }, {
    x: 1,
    y: 1,
    width: 2,
    height: 0,
  });
  assert(region.isEmpty);
  assertEquals(region.rects, []);
  assertEquals(Region.union([]).area, 0);
});

Deno.test("a simplified region holds all pixels in few rectangles, and stays if it has few", () => {
  const random = new Random(26);
  const dots = Array.from({ length: 3000 }, () => ({
    ...{ x: random.below(3000), y: random.below(2000), width: 1, height: 1 },
  }));
  const region = Region.of(...dots);
  for (const maxRects of [1, 10, 100, 1000]) {
    const simple = region.simplified(maxRects);
    assert(simple.rects.length <= maxRects, `${simple.rects.length} of ${maxRects}`);
    assert(region.subtract(simple).isEmpty);
  }
  assertEquals(region.simplified(region.rects.length), region);
});
