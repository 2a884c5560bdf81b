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

  test("takes any clipboard text", async ({ desktop, change }) => {
    desktop.watch(new Recorder());
    for (const text of ["", "a", "é € 漢 🙂", "a\0b", "\ud800", "\r\n\t", "x".repeat(3_000_000)]) {
      desktop.setClipboard(text);
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
