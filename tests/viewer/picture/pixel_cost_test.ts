import { assert, assertEquals } from "@std/assert";
import { PixelCost } from "../../../src/viewer/picture/pixel_cost.ts";

/** A rectangle of `pixels` pixels that takes so many bytes, some of them compressed. */
function encoded(pixels: number, bytes: number) {
  const deflated = { stream: "a", segment: new Uint8Array(bytes - 1) };
  const rect = { x: 0, y: 0, width: pixels, height: 1 };
  return { rect, encoding: 0, head: new Uint8Array(1), deflated };
}

Deno.test("at first a pixel is taken to cost half a byte", () => {
  assertEquals(new PixelCost().pixelsFor(1000), 2000);
});

Deno.test("it comes to cost what it took lately", () => {
  const cost = new PixelCost();
  for (const bytesPerPixel of [2, 1 / 3]) {
    for (let n = 0; n < 100; n++) cost.add(encoded(100_000, 100_000 * bytesPerPixel));
    const expected = 1000 / bytesPerPixel;
    assert(Math.abs(cost.pixelsFor(1000) / expected - 1) < 0.01, `${cost.pixelsFor(1000)}`);
  }
});

Deno.test("a small rectangle says little", () => {
  const cost = new PixelCost();
  cost.add(encoded(16, 1000));
  assert(cost.pixelsFor(1000) > 1900);
});

Deno.test("what cost nothing lately isn't expected to go on like that: a photo may come", () => {
  const cost = new PixelCost();
  for (let n = 0; n < 100; n++) cost.add(encoded(1_000_000, 4));
  assertEquals(cost.pixelsFor(1000), 4000);
});
