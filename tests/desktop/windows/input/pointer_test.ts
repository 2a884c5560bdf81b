import { assertEquals } from "@std/assert";
import type { Libraries } from "../../../../src/desktop/windows/libraries.ts";
import { Pointer } from "../../../../src/desktop/windows/input/pointer.ts";
import { PointerWatch } from "../../../../src/desktop/windows/input/pointer_watch.ts";
import { MouseFlag } from "../../../../src/desktop/windows/input/send_input.ts";

/** A second monitor at the left of the first makes coordinates negative. */
const AREA = { x: -800, y: -100, width: 1600, height: 700 };
const MOTION = MouseFlag.MOVE | MouseFlag.ABSOLUTE | MouseFlag.VIRTUALDESK;

/** A mouse that notes what is played, as `[flags, data]`, and where motions lead to. */
class FakeMouse {
  isSwapped = false;
  at: readonly [x: number, y: number] = [0, 0];
  buttons: [flags: number, data: number][] = [];
  motions: [dx: number, dy: number][] = [];

  readonly libraries = {
    user32: {
      GetSystemMetrics: () => Number(this.isSwapped),
      GetCursorPos: (point: Int32Array) => {
        point.set(this.at);
        return 1;
      },
      SendInput: (count: number, view: DataView, size: number) => {
        for (let at = 0; at < count * size; at += size) {
          const [dx, dy, data, flags] = [8, 12, 16, 20].map((i) => view.getInt32(at + i, true));
          if (flags === MOTION) this.motions.push([dx!, dy!]);
          else this.buttons.push([flags!, data!]);
        }
        return count;
      },
    },
  } as unknown as Libraries;
  readonly watch = new PointerWatch(this.libraries, () => AREA);
  readonly pointer = new Pointer(this.libraries, this.watch);
}

Deno.test("wheels and extra buttons", () => {
  const mouse = new FakeMouse();
  for (const bit of [3, 4, 5, 6, 7, 8]) {
    mouse.pointer.set(0, 0, 1 << bit, AREA);
    mouse.pointer.set(0, 0, 0, AREA);
  }
  assertEquals(mouse.buttons, [
    [MouseFlag.WHEEL, 120],
    [MouseFlag.WHEEL, -120],
    [MouseFlag.HWHEEL, -120],
    [MouseFlag.HWHEEL, 120],
    [MouseFlag.XDOWN, 1],
    [MouseFlag.XUP, 1],
    [MouseFlag.XDOWN, 2],
    [MouseFlag.XUP, 2],
  ]);
});

Deno.test("swapped buttons are swapped back, and released as they were pressed", () => {
  const mouse = new FakeMouse();
  mouse.isSwapped = true;
  mouse.pointer.set(0, 0, 1, AREA);
  mouse.isSwapped = false;
  mouse.pointer.releaseAll();
  mouse.pointer.releaseAll();
  assertEquals(mouse.buttons, [[MouseFlag.RIGHTDOWN, 0], [MouseFlag.RIGHTUP, 0]]);
});

Deno.test("motions count from the virtual screen's corner, and stay within it", () => {
  const mouse = new FakeMouse();
  mouse.pointer.set(800, 0, 0, AREA);
  mouse.pointer.set(9999, -1, 0, AREA);
  mouse.at = [-700, -50];
  mouse.pointer.moveBy(700, -40, 0, AREA);
  const top = Math.floor(32768 / 700);
  assertEquals(mouse.motions, [[32788, top], [65515, top], [32788, 983]]);
});

/** What a coordinate comes to, as it's documented and as programs have found it. */
const ARITHMETICS: Record<string, (coordinate: number, size: number) => number> = {
  "65536 for the whole screen": (coordinate, size) => Math.floor(coordinate * size / 65536),
  "65535 for the whole screen": (coordinate, size) => Math.floor(coordinate * size / 65535),
  "65535 for the last pixel": (coordinate, size) => Math.round(coordinate * (size - 1) / 65535),
};

for (const [name, pixelOf] of Object.entries(ARITHMETICS)) {
  Deno.test(`every pixel is hit, be it ${name}`, () => {
    for (const size of [1, 2, 799, 1024, 1366, 1920, 2560, 5760, 7681, 16_384, 32_767]) {
      const mouse = new FakeMouse();
      const area = { x: -size, y: 100 - size, width: size, height: size };
      for (let place = 0; place < size; place++) mouse.pointer.set(place, place, 0, area);
      const missed = mouse.motions.findIndex((motion, place) =>
        motion.some((coordinate) => pixelOf(coordinate, size) !== place)
      );
      assertEquals([size, missed], [size, -1]);
    }
  });
}
