import { assert } from "@std/assert";
import type { EncodedRect } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { PixelCost } from "../../src/viewer/pixel_cost.ts";

function encoded(width: number, height: number, bytes: number): EncodedRect {
  const head = new Uint8Array(bytes);
  return { rect: { x: 0, y: 0, width, height }, encoding: ENCODING.Tight, head, lossy: false };
}

Deno.test("a screen that cost nothing lately doesn't make a photo fit into a slow line", () => {
  const cost = new PixelCost();
  for (let n = 0; n < 20; n++) cost.add(encoded(1920, 1080, 4));
  assert(cost.pixelsFor(10_000) <= 40_000);
});

Deno.test("what takes many bytes is cut into small updates", () => {
  const cost = new PixelCost();
  for (let n = 0; n < 20; n++) cost.add(encoded(1920, 1080, 1920 * 1080 * 3));
  assert(Math.abs(cost.pixelsFor(30_000) - 10_000) < 100);
});
