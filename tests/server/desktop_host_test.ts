import { assert, assertEquals, assertThrows } from "@std/assert";
import { PlatformError } from "../../src/desktop/errors.ts";
import { StatusDesktop } from "../../src/desktop/status/status_desktop.ts";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import { createLogger } from "../../src/log.ts";
import { DesktopHost } from "../../src/server/desktop_host.ts";
import type { DesktopListener } from "../../src/viewer/shared_desktop.ts";
import { ENCODERS } from "../support/encoders.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { Session } from "../support/session.ts";
import { until } from "../support/until.ts";

/** A host of a desktop, and two that listen and write down what they are told. */
function listening(desktop: FakeDesktop) {
  const source = { open: () => desktop, openStatus: () => new StatusDesktop(64, 48, ["gone"]) };
  const host = new DesktopHost(source, encodeHere(ENCODERS), createLogger("error", () => {}));
  const told: string[] = [];
  const listeners: DesktopListener[] = ["A", "B"].map((name) => ({
    waiting: false,
    catchingUp: false,
    frameChanged: () => told.push(`${name} frame`),
    frameReplaced: (by) => {
      const who = by === undefined ? "" : ` by ${by === listeners[0] ? "A" : "B"}`;
      told.push(`${name} size ${host.frame.width}x${host.frame.height}${who}`);
    },
    cursorChanged: () => told.push(`${name} cursor`),
    ledsChanged: () => told.push(`${name} leds ${host.leds?.capsLock}`),
    pointerMoved: () => told.push(`${name} pointer ${host.pointerPosition?.x}`),
    renamed: () => told.push(`${name} name ${host.title}`),
    clipboard: ({ text }) => told.push(`${name} clipboard ${text}`),
    bell: () => told.push(`${name} bell`),
  }));
  for (const listener of listeners) host.join(listener);
  told.length = 0;
  return { host, listeners, takeTold: () => told.splice(0) };
}

Deno.test("a host without a desktop to begin with is an error", () => {
  const source = {
    open: () => {
      throw new PlatformError("no display");
    },
    openStatus: () => new FakeDesktop(),
  };
  const log = createLogger("error", () => {});
  assertThrows(
    () => new DesktopHost(source, encodeHere(ENCODERS), log),
    PlatformError,
    "no display",
  );
});

Deno.test("a desktop that goes away leaves its viewers on a status screen, and comes back", async () => {
  const desktop = new FakeDesktop(320, 200);
  await using session = new Session(
    {},
    desktop,
    (reason, width, height) => new StatusDesktop(width, height, [reason]),
  );
  const viewer = await session.viewer();
  desktop.paint(desktop.screen.bounds, 0x00ff00);
  await viewer.follow(() => viewer.picture.pixels.every((pixel) => pixel === 0x00ff00));

  desktop.events.gone("it was switched off");
  assert(desktop.closed);
  await viewer.follow(() => !viewer.picture.pixels.includes(0x00ff00));
  assert(new Set(viewer.picture.pixels).size > 1, "no text on the status screen");
  assert(session.logged("it was switched off"));

  await viewer.follow(() => viewer.picture.pixels.every((pixel) => pixel === 0x00ff00));
  assert(session.logged("the desktop is back"));
  await viewer.key(0x61, true);
  await viewer.request(false);
  await viewer.update();
  assertEquals(desktop.input, ["key 61 down"]);
});

Deno.test("a desktop that fails while it is looked at is gone, too", async () => {
  const desktop = new FakeDesktop();
  await using session = new Session({}, desktop);
  const viewer = await session.viewer();
  desktop.grab = () => {
    throw new PlatformError("the connection is broken");
  };
  desktop.paint(desktop.screen.bounds, 0x123456);
  await viewer.request(false);
  await viewer.update();
  await session.untilLogged("the desktop is gone: the connection is broken");
});

Deno.test("a desktop that went away unnoticed is gone for the first viewer that comes", async () => {
  const desktop = new FakeDesktop(320, 200);
  const status = (reason: string, width: number, height: number) =>
    new StatusDesktop(width, height, [reason]);
  await using session = new Session({}, desktop, status);
  desktop.grab = () => {
    throw new PlatformError("nobody was there");
  };
  const viewer = await session.viewer();
  await viewer.request(false);
  await viewer.update();
  assert(new Set(viewer.picture.pixels).size > 1, "no text on the status screen");
});

Deno.test("the others are told where a viewer puts the pointer, all where it moves it", () => {
  const { host, listeners, takeTold } = listening(new FakeDesktop());
  host.pointer(7, 8, 0, listeners[0]!);
  assertEquals(takeTold(), ["B pointer 7"]);
  host.movePointer(2, 0, 0);
  assertEquals(takeTold(), ["A pointer 9", "B pointer 9"]);
  host.close();
});

Deno.test("everybody is told of the LEDs, and where the desktop puts the pointer", () => {
  const desktop = new FakeDesktop();
  const { host, takeTold } = listening(desktop);
  desktop.setLeds({ capsLock: true, numLock: false, scrollLock: false });
  desktop.movePointerTo({ x: 3, y: 4 });
  assertEquals(takeTold(), ["A leds true", "B leds true", "A pointer 3", "B pointer 3"]);
  host.close();
});

Deno.test("a size that a viewer wants is told with its name, one that the desktop gets without", () => {
  const desktop = new FakeDesktop();
  const { host, listeners, takeTold } = listening(desktop);
  assert(host.resize(80, 60, listeners[1]!));
  assertEquals(host.screens, [{ id: 1, x: 0, y: 0, width: 80, height: 60 }]);
  assertEquals(takeTold(), ["A size 80x60 by B", "B size 80x60 by B"]);
  desktop.resize(20, 10);
  assertEquals(takeTold(), ["A size 20x10", "B size 20x10"]);
  desktop.refusesSizes = true;
  assert(!host.resize(30, 30, listeners[0]!));
  assertEquals(takeTold(), []);
  host.close();
});

Deno.test("a desktop that is switched is another one in all things", () => {
  const desktop = new FakeDesktop();
  desktop.setLeds({ capsLock: true, numLock: false, scrollLock: false });
  const { host, listeners, takeTold } = listening(desktop);
  assert(host.canPower && host.power("reset") && !host.power("shutdown"));
  desktop.events.gone("it was switched off");
  const told = takeTold();
  for (const name of ["A", "B"]) {
    for (const what of ["cursor", "leds undefined", "pointer undefined", "name no desktop"]) {
      assert(told.includes(`${name} ${what}`), `${name} ${what}`);
    }
  }
  // Nothing works there, nothing breaks either.
  host.key(0x61, true, 0x1e);
  host.pointer(1, 1, 1, listeners[0]!);
  host.movePointer(1, 1, 0);
  assert(!host.canPower && !host.power("reset") && !host.resize(9, 9, listeners[0]!));
  assertEquals(host.screens, [{ id: 1, x: 0, y: 0, width: 64, height: 48 }]);
  host.close();
});

Deno.test("while most viewers are catching up the screen isn't looked at, but not for long", async () => {
  const desktop = new FakeDesktop();
  const { host, listeners, takeTold } = listening(desktop);
  const states = listeners as { waiting: boolean; catchingUp: boolean }[];
  const third = { ...listeners[0]!, waiting: true };
  host.join(third);
  // What was looked at just now isn't looked at again at once.
  await new Promise((resolve) => setTimeout(resolve, 10));
  const draw = (colour: number) => {
    takeTold();
    const before = desktop.grabs;
    desktop.paint(desktop.screen.bounds, colour);
    return before;
  };
  states[0]!.catchingUp = true;
  let before = draw(1);
  assertEquals(desktop.grabs, before + 1, "one of three doesn't hold up the others");
  states[1]!.catchingUp = true;
  before = draw(2);
  assertEquals(desktop.grabs, before);
  await until("it is looked at in spite of them", () => desktop.grabs > before || undefined);
  before = draw(3);
  assertEquals(desktop.grabs, before);
  states[1]!.catchingUp = false;
  await until("it is looked at", () => (host.look(), desktop.grabs > before || undefined));
  for (const listener of [...listeners, third]) host.leave(listener);
});
