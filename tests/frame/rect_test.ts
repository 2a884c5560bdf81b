import { assert, assertEquals } from "@std/assert";
import { moveSource } from "../../src/frame/move.ts";
import { contains, intersect, isEmpty, type Rect, split } from "../../src/frame/rect.ts";
import { Random } from "../support/random.ts";

function rect(x: number, y: number, width: number, height: number): Rect {
  return { x, y, width, height };
}

/** Every pixel of a rectangle, as text. */
function pixelsOf({ x, y, width, height }: Rect): string[] {
  return Array.from({ length: width * height }, (_, i) => {
    return `${x + i % width},${y + Math.floor(i / width)}`;
  });
}

Deno.test("a rectangle without width or height is empty", () => {
  assert(isEmpty(rect(1, 1, 0, 5)));
  assert(isEmpty(rect(1, 1, 5, 0)));
  assert(isEmpty(rect(1, 1, -1, 5)));
  assert(!isEmpty(rect(0, 0, 1, 1)));
});

Deno.test("intersect and contains agree with the pixels", () => {
  const random = new Random(11);
  const any = () =>
    rect(random.below(6), random.below(6), 1 + random.below(6), 1 + random.below(6));
  for (let n = 0; n < 500; n++) {
    const a = any();
    const b = any();
    const inB = new Set(pixelsOf(b));
    const common = pixelsOf(a).filter((pixel) => inB.has(pixel));
    assertEquals(pixelsOf(intersect(a, b)), common);
    assertEquals(contains(b, a), common.length === a.width * a.height);
  }
});

Deno.test("rectangles that only touch have nothing in common", () => {
  assert(isEmpty(intersect(rect(0, 0, 4, 4), rect(4, 0, 4, 4))));
  assert(isEmpty(intersect(rect(0, 0, 4, 4), rect(0, 4, 4, 4))));
});

Deno.test("split covers each pixel once, with pieces in order and in size", () => {
  for (
    const whole of [rect(3, 5, 20, 11), rect(0, 0, 16, 16), rect(7, 7, 1, 40), rect(2, 1, 17, 1)]
  ) {
    const pieces = split(whole, 8, 4);
    assert(pieces.every(({ width, height }) => width <= 8 && height <= 4));
    assertEquals(pieces.flatMap(pixelsOf).sort(), pixelsOf(whole).sort());
    const ordered = pieces.toSorted((a, b) => a.y - b.y || a.x - b.x);
    assertEquals(pieces, ordered);
  }
});

Deno.test("split leaves a small rectangle whole", () => {
  assertEquals(split(rect(3, 5, 8, 4), 8, 4), [rect(3, 5, 8, 4)]);
});

Deno.test("a move's source lies opposite to its direction", () => {
  assertEquals(moveSource({ to: rect(10, 20, 3, 4), dx: 4, dy: -5 }), rect(6, 25, 3, 4));
});
