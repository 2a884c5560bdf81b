import { assertEquals } from "@std/assert";
import { createLogger } from "../../../src/log.ts";
import { WindowsDesktop } from "../../../src/desktop/windows/windows_desktop.ts";
import { Recorder, until } from "../recorder.ts";
import { FakeWindows } from "./fake_windows.ts";

const WM_DISPLAYCHANGE = 0x7e;

const LEFT = { x: -160, y: -20, width: 160, height: 120 };
const MAIN = { x: 0, y: 0, width: 200, height: 150 };

/** The desktop of a fake Windows, which somebody watches as a server does. */
class WatchedDesktop extends Recorder implements Disposable {
  readonly windows: FakeWindows;
  readonly desktop: WindowsDesktop;
  /** How many pixels of the last grab after a change of size or desktop were said to have changed. */
  told = 0;

  constructor(monitors = [MAIN]) {
    super();
    this.windows = new FakeWindows(monitors);
    this.desktop = new WindowsDesktop(this.windows.libraries, createLogger("error", () => {}));
  }

  watch(): void {
    this.desktop.watch(this);
    this.told = this.desktop.grab().region.area;
  }

  override resized(): void {
    super.resized();
    this.told = this.desktop.grab().region.area;
  }

  /** Where the screen isn't what Windows shows; empty when all of it was told, too. */
  get wrong(): string[] {
    const { screen } = this.desktop;
    const { x, y, width, height } = this.windows.area;
    if (screen.width !== width || screen.height !== height) return ["the size"];
    if (this.told !== width * height) return [`${this.told} pixels told`];
    return [...screen.pixels.keys()].filter((i) =>
      screen.pixels[i] !== this.windows.pixelAt(x + i % width, y + Math.floor(i / width))
    ).slice(0, 3).map((i) => `${i % width},${Math.floor(i / width)}`);
  }

  [Symbol.dispose](): void {
    this.desktop.close();
  }
}

Deno.test("monitors to the left of the main one and above it are in place, with their pixels", () => {
  using watched = new WatchedDesktop([MAIN, LEFT]);
  watched.watch();
  assertEquals([watched.desktop.screen.width, watched.desktop.screen.height], [360, 170]);
  assertEquals(watched.desktop.screens, [
    { id: 1, x: 160, y: 20, width: 200, height: 150 },
    { id: 2, x: 0, y: 0, width: 160, height: 120 },
  ]);
  assertEquals(watched.wrong, []);
});

Deno.test("monitors that come, go and change are followed, one change after the other", async () => {
  using watched = new WatchedDesktop();
  watched.watch();
  const sets = [[MAIN, LEFT], [MAIN], [{ ...MAIN, width: 320 }], [{ ...MAIN, height: 90 }, LEFT]];
  for (const [i, monitors] of sets.entries()) {
    watched.windows.monitors = monitors;
    await until("the new size", () => watched.resizes === i + 1);
    assertEquals([watched.wrong, watched.desktop.screens.length], [[], monitors.length]);
  }
  assertEquals(watched.windows.objects.size, 2);
});

Deno.test("other monitors on a screen of the same size are followed when Windows tells of them", async () => {
  using watched = new WatchedDesktop();
  watched.watch();
  watched.windows.monitors = [0, 100].map((x) => ({ ...MAIN, x, width: 100 }));
  watched.windows.send(WM_DISPLAYCHANGE);
  await until("other monitors", () => watched.resizes === 1);
  assertEquals([watched.wrong, watched.desktop.screens.map(({ x }) => x)], [[], [0, 100]]);
});

Deno.test("monitors that changed while nobody watched are right in the first grab", () => {
  using watched = new WatchedDesktop([MAIN, LEFT]);
  watched.watch();
  watched.desktop.unwatch();
  for (const monitors of [[MAIN], [MAIN, { ...LEFT, height: 300 }]]) {
    watched.windows.monitors = monitors;
    watched.watch();
    assertEquals([watched.wrong, watched.desktop.screens.length], [[], monitors.length]);
    watched.desktop.unwatch();
  }
  // Of the same size together, yet others.
  watched.windows.monitors = [LEFT, MAIN].map((rect, i) =>
    i === 0 ? { ...LEFT, height: 300 } : rect
  );
  watched.watch();
  assertEquals(watched.desktop.screens.map(({ width }) => width), [160, 200]);
  assertEquals(watched.resizes, 0);
});

Deno.test("a desktop that isn't ours to see is gone, once, with the reason, and gives all back", async () => {
  const watched = new WatchedDesktop();
  watched.watch();
  watched.windows.input = undefined;
  await until("that it's gone", () => watched.reasons.length > 0);
  assertEquals(watched.reasons.length, 1);
  assertEquals(watched.reasons[0]!.includes("lock screen"), true);
  const { total } = watched;
  watched.desktop.close();
  const { windows } = watched;
  assertEquals([windows.objects.size, windows.mistakes, windows.windows], [0, [], 0]);
  assertEquals(watched.total, total);
});

Deno.test("a screen without a monitor is gone, and gives all back once", async () => {
  const watched = new WatchedDesktop();
  watched.watch();
  watched.windows.monitors = [];
  await until("that it's gone", () => watched.reasons.length > 0);
  watched.desktop.close();
  const { windows } = watched;
  assertEquals(watched.reasons, ["Windows has no monitor now"]);
  assertEquals([windows.objects.size, windows.mistakes, windows.windows], [0, [], 0]);
});

Deno.test("a service follows Windows to the desktop on the screen and back, with no window left there", async () => {
  using watched = new WatchedDesktop();
  watched.watch();
  for (const [i, name] of ["Winlogon", "Default", "Screen-saver"].entries()) {
    watched.windows.input = name;
    await until("the other desktop", () => watched.resizes === i + 1);
    assertEquals([watched.windows.thread.name, watched.wrong], [name, []]);
    assertEquals([watched.windows.windows, watched.windows.objects.size], [1, 2]);
  }
  assertEquals([watched.reasons, watched.windows.mistakes], [[], []]);
});
