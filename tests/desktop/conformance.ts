import { assert, assertEquals } from "@std/assert";
import type { Desktop } from "../../src/desktop/desktop.ts";
import type { Framebuffer } from "../../src/frame/framebuffer.ts";
import { contains } from "../../src/frame/rect.ts";
import { Region } from "../../src/frame/region.ts";
import { Recorder, until } from "./recorder.ts";

/** A desktop to be tested, fresh for each test; it is closed by the suite and then disposed of. */
export interface DesktopRig extends AsyncDisposable {
  readonly desktop: Desktop;
  /** Makes some pixels of the screen differ from what they are now. */
  change(): void | Promise<void>;
}

/**
 * Registers the tests that every implementation of `Desktop` must pass.
 * @param name The implementation, as the tests' names begin.
 */
export function testDesktop(name: string, open: () => Promise<DesktopRig> | DesktopRig): void {
  const test = (promise: string, body: (rig: DesktopRig) => Promise<void> | void): void =>
    Deno.test(`${name}: ${promise}`, async () => {
      await using rig = await open();
      try {
        await body(rig);
      } finally {
        rig.desktop.close();
      }
    });

  test("says what it is and has a screen before it is watched", ({ desktop }) => {
    assert(desktop.title.length > 0);
    assert(desktop.screen.width > 0 && desktop.screen.height > 0);
  });

  test("the first grab after each watch reports the whole screen", ({ desktop }) => {
    for (let i = 0; i < 3; i++) {
      desktop.watch(new Recorder());
      assertEquals(desktop.grab().region.rects, [desktop.screen.bounds]);
      desktop.unwatch();
    }
  });

  test("tells of a change, and the grab's region covers it", async ({ desktop, change }) => {
    const recorder = new Recorder();
    desktop.watch(recorder);
    for (let i = 0; i < 3; i++) {
      await quiet(desktop);
      const before = copyOf(desktop.screen);
      const damages = recorder.damages;
      await change();
      const found: Region[] = [];
      await until("a change", () => {
        found.push(desktop.grab().region);
        return recorder.damages > damages && changedPixels(before, desktop.screen).length > 0;
      });
      const region = Region.union(found);
      assertInside(region, desktop.screen);
      const missed = changedPixels(before, desktop.screen).filter(({ x, y }) =>
        region.intersect(Region.of({ x, y, width: 1, height: 1 })).isEmpty
      );
      assertEquals(missed, []);
    }
  });

  test("sees after a new watch what has changed in between", async ({ desktop, change }) => {
    desktop.watch(new Recorder());
    await quiet(desktop);
    desktop.unwatch();
    const before = copyOf(desktop.screen);
    await change();
    desktop.watch(new Recorder());
    await until("the change", () => {
      desktop.grab();
      return changedPixels(before, desktop.screen).length > 0;
    });
  });

  test("sends no event after unwatch", async ({ desktop, change }) => {
    const [first, second] = [new Recorder(), new Recorder()];
    desktop.watch(first);
    desktop.grab();
    await change();
    desktop.unwatch();
    const total = first.total;
    await change();
    desktop.watch(second);
    await change();
    await until("an event for the new watcher", () => {
      desktop.grab();
      return second.damages > 0;
    });
    assertEquals(first.total, total);
  });

  test("sends no event after close", async ({ desktop, change }) => {
    const recorder = new Recorder();
    desktop.watch(recorder);
    desktop.grab();
    await change();
    desktop.close();
    const total = recorder.total;
    await turns();
    assertEquals(recorder.total, total);
  });

  test("takes any keysym", async ({ desktop, change }) => {
    desktop.watch(new Recorder());
    for (const keysym of KEYSYMS) {
      desktop.key(keysym, false);
      desktop.key(keysym, true);
      desktop.key(keysym, true);
      desktop.key(keysym, false);
      desktop.key(keysym, false);
    }
    await assertAlive(desktop, change);
  });

  test("takes any pointer position and buttons", async ({ desktop, change }) => {
    desktop.watch(new Recorder());
    for (const x of POSITIONS) {
      for (const y of POSITIONS) desktop.pointer(x, y, 0);
    }
    for (const buttons of [...Array(32).keys()].map((bit) => 2 ** bit).concat(0xffffffff, 0)) {
      desktop.pointer(5, 5, buttons);
    }
    await assertAlive(desktop, change);
  });

  test("takes any scancode", async ({ desktop, change }) => {
    desktop.watch(new Recorder());
    for (let scancode = 0; scancode < 0x108; scancode++) {
      for (const down of [false, true, true, false]) desktop.key(0, down, scancode);
    }
    for (const scancode of [-1, 0.5, NaN, 0xe01d, 0xffffffff]) {
      for (const down of [true, false]) desktop.key(0x61, down, scancode);
    }
    await assertAlive(desktop, change);
  });

  test("knows where the pointer was put, and tells nobody who knows", async ({ desktop }) => {
    const recorder = new Recorder();
    desktop.watch(recorder);
    const places = [{ x: 7, y: 9 }, { x: 30, y: 2 }, { x: 0, y: 0 }];
    for (const { x, y } of places) {
      desktop.pointer(x, y, 0);
      assertEquals(desktop.pointerPosition, { x, y });
      await turns();
    }
    assertEquals([desktop.pointerPosition, recorder.pointerMoves], [{ x: 0, y: 0 }, 0]);
  });

  test("moves the pointer from where it is, and tells where to", async ({ desktop }) => {
    const recorder = new Recorder();
    desktop.watch(recorder);
    desktop.pointer(20, 30, 0);
    const { width, height } = desktop.screen;
    const moves = [[5, -6, 25, 24], [0, 1, 25, 25], [-1000, 1000, 0, height - 1]] as const;
    for (const [dx, dy, x, y] of [...moves, [40000, -40000, width - 1, 0] as const]) {
      const before = recorder.pointerMoves;
      desktop.movePointer(dx, dy, 0);
      await until("the pointer's new place", () => recorder.pointerMoves > before);
      assertEquals(desktop.pointerPosition, { x, y });
    }
  });

  test("takes any relative motion and buttons", async ({ desktop, change }) => {
    desktop.watch(new Recorder());
    for (const dx of POSITIONS) {
      for (const dy of POSITIONS) desktop.movePointer(dx, dy, 0);
    }
    for (const buttons of [1, 0x1ff, 0xffffffff, -1, NaN, 0]) desktop.movePointer(0, 0, buttons);
    await assertAlive(desktop, change);
  });

  test("the screens lie within the screen and have numbers of their own", ({ desktop }) => {
    const { screen, screens } = desktop;
    assert(screens.length > 0);
    for (const monitor of screens) assert(contains(screen.bounds, monitor));
    assertEquals(new Set(screens.map(({ id }) => id)).size, screens.length);
  });

  test("has the size that was wanted, or the one from before", ({ desktop }) => {
    const recorder = new Recorder();
    desktop.watch(recorder);
    for (const [width, height] of [[300, 200], [1, 1], [65535, 65535], [0, 5], [300, 200]]) {
      const before = desktop.screen;
      const resizes = recorder.resizes;
      const isDone = desktop.resize?.(width!, height!) ?? false;
      const { screen, screens } = desktop;
      if (!isDone) assertEquals(screen, before);
      else assertEquals([screen.width, screen.height, screens.length], [width, height, 1]);
      assertEquals(recorder.resizes, resizes + (screen === before ? 0 : 1));
      const position = desktop.pointerPosition;
      if (position !== undefined) {
        assert(contains(screen.bounds, { ...position, width: 1, height: 1 }));
      }
      desktop.grab();
    }
  });

  test("Caps Lock and Num Lock switch their LEDs, if it has any", async ({ desktop }) => {
    const recorder = new Recorder();
    desktop.watch(recorder);
    const before = desktop.leds;
    if (before === undefined) return;
    const press = async (keysym: number): Promise<void> => {
      const changes = recorder.ledChanges;
      // A key that repeats switches once.
      for (const down of [true, true, false]) desktop.key(keysym, down);
      await until("another light", () => recorder.ledChanges > changes);
      assertEquals(recorder.ledChanges, changes + 1);
    };
    await press(CAPS_LOCK);
    assertEquals(desktop.leds, { ...before, capsLock: !before.capsLock });
    await press(NUM_LOCK);
    assertEquals(desktop.leds, {
      ...before,
      capsLock: !before.capsLock,
      numLock: !before.numLock,
    });
    await press(CAPS_LOCK);
    await press(NUM_LOCK);
    assertEquals(desktop.leds, before);
  });

  test("lives on whatever is asked of the machine", async ({ desktop, change }) => {
    if (desktop.power === undefined) return;
    desktop.watch(new Recorder());
    for (const action of ["shutdown", "reboot", "reset"] as const) desktop.power(action);
    await assertAlive(desktop, change);
  });

  test("takes any clipboard text", async ({ desktop, change }) => {
    desktop.watch(new Recorder());
    for (const text of ["", "a", "é € 漢 🙂", "a\0b", "\ud800", "\r\n\t", "x".repeat(3_000_000)]) {
      desktop.setClipboard({ text });
    }
    await assertAlive(desktop, change);
  });

  test("a cursor is as large as it says and points from inside", ({ desktop }) => {
    desktop.watch(new Recorder());
    const { cursor } = desktop;
    if (cursor === undefined) return;
    assertEquals(cursor.pixels.length, cursor.width * cursor.height);
    assert(cursor.hotX < Math.max(1, cursor.width) && cursor.hotY < Math.max(1, cursor.height));
  });

  test("takes input, unwatch and watch in any order", async ({ desktop, change }) => {
    desktop.unwatch();
    desktop.key(0x61, true);
    desktop.pointer(1, 1, 1);
    desktop.watch(new Recorder());
    desktop.watch(new Recorder());
    desktop.key(0x20ac, true);
    desktop.unwatch();
    desktop.unwatch();
    desktop.watch(new Recorder());
    await assertAlive(desktop, change);
  });

  test("can be closed twice, watched or not", ({ desktop }) => {
    desktop.watch(new Recorder());
    desktop.grab();
    desktop.close();
    desktop.close();
    desktop.unwatch();
  });
}

const CAPS_LOCK = 0xffe5;
const NUM_LOCK = 0xff7f;

/** Function keys, characters of many scripts, no symbols, and numbers that are no keysyms. */
const KEYSYMS = [
  ...[0, 1, 0x20, 0x61, 0x41, 0x7f, 0xe9, 0xdf, 0xff, 0x100, 0x20ac, 0x6c1, 0xfe03, 0xfe50],
  ...[0xff08, 0xff0d, 0xff51, 0xffb1, 0xffe1, 0xffff, 0xffffff, 0x1000000, 0x10020ac, 0x1006f22],
  ...[0x101f642, 0x110ffff, 0x1110000, 0x1008ff13, 0x1fffffff, 0x20000000, 0x7fffffff, 0x80000000],
  0xffffffff,
];

const POSITIONS = [-(2 ** 31), -1, 0, 5, 0xffff, 0x10000, 2 ** 31, 2 ** 32, NaN, Infinity, 1.5];

/** The desktop still notices a change. */
async function assertAlive(desktop: Desktop, change: DesktopRig["change"]): Promise<void> {
  await quiet(desktop);
  const before = copyOf(desktop.screen);
  await change();
  await until("a change after that", () => {
    desktop.grab();
    return changedPixels(before, desktop.screen).length > 0;
  });
}

/** Waits until two grabs in a row find the same pixels. */
async function quiet(desktop: Desktop): Promise<void> {
  desktop.grab();
  let last = copyOf(desktop.screen);
  await until("a quiet screen", async () => {
    await turns();
    desktop.grab();
    const isQuiet = changedPixels(last, desktop.screen).length === 0;
    last = copyOf(desktop.screen);
    return isQuiet;
  });
}

/** Lets everything happen that is on its way. */
async function turns(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve, 5));
}

function assertInside(region: Region, screen: Framebuffer): void {
  for (const rect of region.rects) assert(contains(screen.bounds, rect), JSON.stringify(rect));
}

function copyOf({ pixels }: Framebuffer): Uint32Array {
  return pixels.slice();
}

/** Where the colours differ; the top byte of a pixel is the desktop's own business. */
function changedPixels(
  before: Uint32Array,
  { width, height, stride, pixels }: Framebuffer,
): { x: number; y: number }[] {
  const changed: { x: number; y: number }[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * stride + x;
      if (((before[at]! ^ pixels[at]!) & 0xffffff) !== 0) changed.push({ x, y });
    }
  }
  return changed;
}
