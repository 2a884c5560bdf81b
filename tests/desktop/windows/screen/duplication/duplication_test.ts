import { assertEquals, assertThrows } from "@std/assert";
import { DuplicationCapture } from "../../../../../src/desktop/windows/screen/duplication/duplication_capture.ts";
import { PlatformError } from "../../../../../src/desktop/errors.ts";
import { Framebuffer } from "../../../../../src/frame/framebuffer.ts";
import { FakeGraphics, FakeMonitor } from "./fake_graphics.ts";

const ACCESS_LOST = 0x887a0026 | 0;

/** Two monitors side by side; the left one's corner is not the main one's, so it's negative. */
const AREA = { x: -6, y: -2, width: 14, height: 6 };
const LEFT = { x: -6, y: -2, width: 6, height: 4 };
const MAIN = { x: 0, y: 0, width: 8, height: 4 };
const SCREEN = new Framebuffer(MAIN.width, MAIN.height);

/** Gives each pixel of a monitor's texture another number. */
function paint(monitor: FakeMonitor, base: number): void {
  for (const i of monitor.pixels.keys()) monitor.pixels[i] = base + i;
}

function captureOf(graphics: FakeGraphics, area = AREA): DuplicationCapture {
  const { device, context, monitors } = graphics;
  const objects = { device: device.object, context: context.object };
  const screen = new Framebuffer(area.width, area.height);
  return new DuplicationCapture(objects, area, monitors.length, screen);
}

Deno.test("duplication composes all monitors into one screen, and gives everything back", () => {
  const [left, main] = [new FakeMonitor(LEFT), new FakeMonitor(MAIN)];
  using graphics = new FakeGraphics([left, main]);
  paint(left, 100);
  paint(main, 200);
  const capture = captureOf(graphics);
  assertEquals(capture.screen.pixels.every((pixel) => pixel === 0), true);
  assertEquals(capture.grab(true).region.rects, [capture.screen.bounds]);
  const row = (y: number) => [...capture.screen.pixels.subarray(y * 14, y * 14 + 14)];
  assertEquals(row(0), [100, 101, 102, 103, 104, 105, ...new Array(8).fill(0)]);
  assertEquals(row(2), [112, 113, 114, 115, 116, 117, 200, 201, 202, 203, 204, 205, 206, 207]);
  assertEquals(capture.look(), false);
  capture.close();
  assertEquals(new Set(graphics.references), new Set([0]));
  assertEquals([graphics.device.references, graphics.context.references], [0, 0]);
});

Deno.test("duplication begins with the first picture, not with the pointer that comes before", () => {
  const monitor = new FakeMonitor(MAIN);
  using graphics = new FakeGraphics([monitor]);
  paint(monitor, 1);
  monitor.frames.unshift({ isPointerOnly: true }, { isPointerOnly: true });
  const capture = captureOf(graphics, MAIN);
  assertEquals([monitor.frames.length, monitor.isHeld], [0, false]);
  assertEquals(capture.grab(true).region.rects, [MAIN]);
  assertEquals(capture.screen.pixels, monitor.pixels);
  capture.close();
  assertEquals(new Set(graphics.references), new Set([0]));
});

Deno.test("duplication tells what has changed and what has moved, on the screen", () => {
  const [left, main] = [new FakeMonitor(LEFT), new FakeMonitor(MAIN)];
  using graphics = new FakeGraphics([left, main]);
  const capture = captureOf(graphics);
  capture.grab(true);
  main.frames.push({ isPointerOnly: true });
  assertEquals(capture.look(), false);
  paint(main, 50);
  const to = { x: 4, y: 2, width: 2, height: 1 };
  main.frames.push({ dirty: [{ x: 1, y: 1, width: 2, height: 1 }], moved: [{ x: 4, y: 0, to }] });
  assertEquals(capture.look(), true);
  assertEquals(capture.look(), false);
  const { region, moves } = capture.grab(false);
  assertEquals(moves, [{ to: { x: 10, y: 4, width: 2, height: 1 }, dx: 0, dy: 2 }]);
  assertEquals(region.rects, [
    { x: 7, y: 3, width: 2, height: 1 },
    { x: 10, y: 4, width: 2, height: 1 },
  ]);
  const { pixels } = capture.screen;
  const shown = [...pixels.keys()].filter((i) => pixels[i] !== 0).map((i) => [i, pixels[i]]);
  assertEquals(shown, [[49, 59], [50, 60], [66, 70], [67, 71]]);
  assertEquals(capture.grab(false).region.rects, []);
  capture.close();
});

Deno.test("duplication turns what a turned monitor shows", () => {
  // What a texture of 3x2 pixels, 1 2 3 over 4 5 6, looks like.
  const looks = new Map([
    [1, [1, 2, 3, 4, 5, 6]],
    [2, [4, 1, 5, 2, 6, 3]],
    [3, [6, 5, 4, 3, 2, 1]],
    [4, [3, 6, 2, 5, 1, 4]],
  ]);
  for (const [rotation, expected] of looks) {
    const [width, height] = rotation % 2 === 1 ? [3, 2] : [2, 3];
    const area = { x: 0, y: 0, width, height };
    const monitor = new FakeMonitor(area, rotation);
    using graphics = new FakeGraphics([monitor]);
    const capture = captureOf(graphics, area);
    capture.grab(true);
    paint(monitor, 1);
    // Pixel by pixel, so that each has to come to its own place.
    const cells = [0, 1, 2, 3, 4, 5].map((i) => ({ x: i % 3, y: i < 3 ? 0 : 1 }));
    for (const cell of cells) {
      monitor.frames.push({ dirty: [{ ...cell, width: 1, height: 1 }] });
      const [rect] = capture.grab(false).region.rects;
      const at = rect!.y * width + rect!.x;
      assertEquals(capture.screen.pixels[at], 1 + cell.y * 3 + cell.x);
    }
    assertEquals([...capture.screen.pixels], expected);
    monitor.frames.push({});
    capture.screen.pixels.fill(0);
    capture.grab(true);
    assertEquals([...capture.screen.pixels], expected);
    capture.close();
  }
});

Deno.test("a duplication that is lost, or lacks a monitor, says so and leaves nothing behind", () => {
  const monitor = new FakeMonitor(MAIN);
  using graphics = new FakeGraphics([monitor]);
  const capture = captureOf(graphics);
  capture.grab(true);
  monitor.failure = ACCESS_LOST;
  assertThrows(() => capture.look(), PlatformError, "0x887a0026");
  assertThrows(() => capture.grab(false), PlatformError, "0x887a0026");
  capture.close();
  assertEquals(new Set(graphics.references), new Set([0]));
  monitor.output.on({ index: 22, parameters: ["pointer", "buffer"], result: "i32" }, () => -1);
  const { device, context } = graphics;
  const objects = { device: device.object, context: context.object };
  assertThrows(() => new DuplicationCapture(objects, MAIN, 1, SCREEN), PlatformError);
  assertEquals(new Set(graphics.references), new Set([0]));
});

Deno.test("a duplication that can't be complete isn't begun, and leaves nothing behind", () => {
  const [late, blank, other, moved] = [MAIN, MAIN, { ...MAIN, width: 4 }, { ...MAIN, x: 1 }]
    .map((place) => new FakeMonitor(place));
  late!.frames.pop();
  blank!.frames.splice(0, 1, { isPointerOnly: true });
  other!.size = [8, 4];
  for (
    const [monitor, message] of [
      [late!, "the first frame"],
      [blank!, "the first frame"],
      [other!, "another size"],
      [moved!, "elsewhere"],
    ] as const
  ) {
    using graphics = new FakeGraphics([monitor]);
    assertThrows(() => captureOf(graphics, MAIN), PlatformError, message);
    assertEquals(new Set(graphics.references), new Set([0]));
    assertEquals(monitor.isHeld, false);
  }
});
