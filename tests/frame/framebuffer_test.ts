import { assertEquals, assertThrows } from "@std/assert";
import { Framebuffer } from "../../src/frame/framebuffer.ts";

/** 3x2 pixels in rows of 4 words: 0 1 2 _ / 4 5 6 _. */
const FRAME = new Framebuffer(3, 2, Uint32Array.from({ length: 8 }, (_, i) => i), 4);

Deno.test("a part of a picture has its pixels without gaps, and is a copy", () => {
  const part = FRAME.part({ x: 1, y: 0, width: 2, height: 2 });
  assertEquals([part.width, part.height, part.stride], [2, 2, 2]);
  assertEquals(part.pixels, Uint32Array.of(1, 2, 5, 6));
  part.pixels.fill(9);
  assertEquals(FRAME.pixels[1], 1);
});

Deno.test("a rectangle is copied to the start of what may be larger", () => {
  const out = new Uint32Array(4).fill(9);
  FRAME.copyTo(out, { x: 0, y: 1, width: 3, height: 1 });
  assertEquals(out, Uint32Array.of(4, 5, 6, 9));
});

Deno.test("sizes that RFB can't say, and pixels that don't fill them, are refused", () => {
  for (const size of [0, -1, 1.5, 65536]) {
    assertThrows(() => new Framebuffer(size, 1), RangeError, "can't be");
    assertThrows(() => new Framebuffer(1, size), RangeError, "can't be");
  }
  assertThrows(() => new Framebuffer(2, 2, new Uint32Array(3)), RangeError, "don't fill");
  assertThrows(() => new Framebuffer(2, 2, new Uint32Array(9), 1), RangeError, "don't fill");
});
