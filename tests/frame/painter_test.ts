import { assert, assertEquals } from "@std/assert";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { Painter } from "../../src/frame/painter.ts";

/** The picture as a line of digits for each row. */
function lines({ width, height, stride, pixels }: Framebuffer): string[] {
  return Array.from(
    { length: height },
    (_, y) => pixels.subarray(y * stride, y * stride + width).join(""),
  );
}

function canvas(): Framebuffer {
  return new Framebuffer(6, 4, new Uint32Array(7 * 4), 7);
}

Deno.test("rectangles are filled and outlined", () => {
  const frame = canvas();
  const painter = new Painter(frame);
  painter.fill({ x: 1, y: 1, width: 2, height: 3 }, 1);
  painter.outline({ x: 3, y: 0, width: 3, height: 3 }, 2);
  assertEquals(lines(frame), ["000222", "011202", "011222", "011000"]);
});

Deno.test("nothing is drawn outside of the picture or the clip", () => {
  const frame = canvas();
  const big = { x: -9, y: -9, width: 99, height: 99 };
  new Painter(frame, { x: 2, y: 1, width: 2, height: 9 }).fill(big, 1);
  assertEquals(lines(frame), ["000000", "001100", "001100", "001100"]);
  const painter = new Painter(frame).within({ x: 4, y: 2, width: 9, height: 1 });
  painter.fill(big, 2);
  assertEquals(lines(frame), ["000000", "001100", "001122", "001100"]);
  assert(painter.shows({ x: 1, y: 0, width: 1, height: 1 }));
  assert(!painter.shows({ x: 2, y: 0, width: 1, height: 1 }));
  assert(!painter.shows({ x: 0, y: 1, width: 1, height: 1 }));
  assertEquals(frame.pixels.filter((_, i) => i % 7 === 6), new Uint32Array(4));
});

Deno.test("parts have coordinates of their own, one within the other", () => {
  const frame = canvas();
  const inner = new Painter(frame).within({ x: 1, y: 1, width: 4, height: 3 })
    .within({ x: 1, y: 1, width: 9, height: 9 });
  inner.fill({ x: 0, y: 0, width: 9, height: 1 }, 3);
  assertEquals(lines(frame), ["000000", "000000", "003330", "000000"]);
});

Deno.test("pictures are copied, cut at the edges", () => {
  const frame = canvas();
  const picture = new Framebuffer(2, 2, Uint32Array.of(1, 2, 9, 3, 4, 9), 3);
  const painter = new Painter(frame);
  painter.picture(picture, 0, 1);
  painter.picture(picture, 5, 3);
  painter.picture(picture, -1, -1);
  painter.picture(picture, 90, 0);
  assertEquals(lines(frame), ["400000", "120000", "340000", "000001"]);
});

Deno.test("bits are drawn at any scale, cut at the edges", () => {
  const frame = canvas();
  const painter = new Painter(frame);
  painter.bits(0, 0, 3, [0b101, 0b010], 1);
  painter.bits(3, 1, 2, [0b10, 0b01], 2, 2);
  painter.bits(-1, 3, 2, [0b11], 3);
  assertEquals(lines(frame), ["101000", "010220", "000220", "300002"]);
});
