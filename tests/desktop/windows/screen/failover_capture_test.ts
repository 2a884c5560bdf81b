import { assertEquals, assertThrows } from "@std/assert";
import type { DamageHint } from "../../../../src/frame/damage.ts";
import { Framebuffer } from "../../../../src/frame/framebuffer.ts";
import { Region } from "../../../../src/frame/region.ts";
import { PlatformError } from "../../../../src/desktop/errors.ts";
import type { Capture } from "../../../../src/desktop/windows/screen/capture.ts";
import { DuplicationCapture } from "../../../../src/desktop/windows/screen/duplication/duplication_capture.ts";
import { FailoverCapture } from "../../../../src/desktop/windows/screen/failover_capture.ts";
import { createLogger } from "../../../../src/log.ts";
import { FakeGraphics, FakeMonitor } from "./duplication/fake_graphics.ts";

const ACCESS_LOST = 0x887a0026 | 0;
const AREA = { x: 0, y: 0, width: 8, height: 4 };
const SOON = 1000;
const LATER = 6000;

/** A way that works until it's told to fail; it fills the screen with one number. */
class FakeCapture implements Capture {
  readonly name = "fake";
  static opened = 0;
  failure: Error | undefined;

  constructor(readonly screen: Framebuffer, readonly pixel: number) {
    FakeCapture.opened++;
  }

  look(): boolean {
    if (this.failure !== undefined) throw this.failure;
    return false;
  }

  grab(isAll: boolean): DamageHint {
    if (this.failure !== undefined) throw this.failure;
    if (isAll) this.screen.pixels.fill(this.pixel);
    return { region: isAll ? Region.of(this.screen.bounds) : Region.empty, moves: [] };
  }

  hurry(): void {}

  close(): void {
    FakeCapture.opened--;
  }
}

/** A clock that goes on when the test says so. */
class FakeClock implements Disposable {
  readonly #real = performance.now;
  now = 0;

  constructor() {
    performance.now = () => this.now;
  }

  [Symbol.dispose](): void {
    performance.now = this.#real;
  }
}

/** Duplication of one monitor, and a fake as the other way. */
class FakeScreen implements Disposable {
  readonly clock = new FakeClock();
  readonly monitor = new FakeMonitor(AREA);
  readonly graphics = new FakeGraphics([this.monitor]);
  /** The other way, when it was opened last. */
  sure: FakeCapture | undefined;
  /** How often duplication was tried. */
  attempts = 0;
  readonly capture: FailoverCapture;

  constructor(options: { readonly isLost?: boolean } = {}) {
    this.monitor.pixels.fill(1);
    if (options.isLost) this.monitor.failure = ACCESS_LOST;
    const screen = new Framebuffer(AREA.width, AREA.height);
    this.capture = new FailoverCapture(screen, {
      best: () => {
        this.attempts++;
        if (this.monitor.failure === 0) this.monitor.frames.splice(0, Infinity, {});
        const { device, context } = this.graphics;
        return new DuplicationCapture(
          { device: device.another(), context: context.another() },
          AREA,
          1,
          screen,
        );
      },
      sure: () => this.sure = new FakeCapture(screen, 2),
    }, createLogger("error", () => {}));
  }

  get pixels(): number[] {
    return [...new Set(this.capture.screen.pixels)];
  }

  /** A look after so many milliseconds, and what is grabbed when it finds something. */
  lookIn(time: number): string {
    this.clock.now += time;
    if (!this.capture.look([])) return "nothing";
    const { region } = this.capture.grab(false);
    return region.area === AREA.width * AREA.height ? "all" : "a part";
  }

  /** References to COM's objects that weren't given back. */
  get references(): number[] {
    const { device, context, references } = this.graphics;
    return [...references, device.references - 1, context.references - 1];
  }

  [Symbol.dispose](): void {
    this.capture.close();
    this.graphics[Symbol.dispose]();
    this.clock[Symbol.dispose]();
  }
}

Deno.test("when duplication is lost the other way has the whole screen at once, and later it's back", () => {
  using screen = new FakeScreen();
  assertEquals([screen.pixels, screen.capture.name], [[1], "desktop duplication"]);
  screen.capture.grab(false);
  for (let times = 0; times < 3; times++) {
    screen.monitor.failure = ACCESS_LOST;
    assertEquals([screen.lookIn(10), screen.pixels], ["all", [2]]);
    assertEquals(new Set(screen.references), new Set([0]));
    assertEquals([screen.lookIn(SOON), screen.lookIn(LATER)], ["nothing", "nothing"]);
    screen.monitor.failure = 0;
    assertEquals([screen.lookIn(SOON), screen.pixels], ["nothing", [2]]);
    assertEquals([screen.lookIn(LATER), screen.pixels], ["all", [1]]);
    assertEquals([screen.lookIn(LATER), FakeCapture.opened], ["nothing", 0]);
  }
  screen.capture.close();
  assertEquals(new Set(screen.references), new Set([0]));
});

Deno.test("a grab that finds duplication lost has the whole screen in the other way", () => {
  using screen = new FakeScreen();
  screen.capture.grab(false);
  screen.monitor.failure = ACCESS_LOST;
  assertEquals(screen.capture.grab(false).region.rects, [AREA]);
  assertEquals([screen.pixels, screen.lookIn(10)], [[2], "nothing"]);
});

Deno.test("duplication that never worked isn't tried again", () => {
  using screen = new FakeScreen({ isLost: true });
  assertEquals([screen.pixels, screen.capture.name], [[2], "fake"]);
  screen.monitor.failure = 0;
  for (let times = 0; times < 3; times++) screen.lookIn(LATER);
  assertEquals([screen.capture.name, screen.attempts], ["fake", 1]);
  assertEquals(new Set(screen.references), new Set([0]));
});

Deno.test("where the other way fails too that's told, and all is given back once", () => {
  using screen = new FakeScreen();
  screen.monitor.failure = ACCESS_LOST;
  screen.lookIn(10);
  screen.sure!.failure = new PlatformError("not to be seen");
  assertThrows(() => screen.capture.look([]), PlatformError, "not to be seen");
  assertThrows(() => screen.capture.grab(true), PlatformError, "not to be seen");
  screen.capture.close();
  screen.capture.close();
  assertEquals(FakeCapture.opened, 0);
  assertThrows(() => screen.capture.grab(true), PlatformError);
  assertEquals(new Set(screen.references), new Set([0]));
});

Deno.test("a mistake of the program isn't taken for a lost screen", () => {
  using screen = new FakeScreen();
  screen.monitor.failure = ACCESS_LOST;
  screen.lookIn(10);
  screen.sure!.failure = new RangeError("a mistake");
  assertThrows(() => screen.capture.look([]), RangeError, "a mistake");
});
