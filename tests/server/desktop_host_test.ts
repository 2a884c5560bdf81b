import { ENCODERS } from "../support/encoders.ts";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { PlatformError } from "../../src/desktop/errors.ts";
import { StatusDesktop } from "../../src/desktop/status/status_desktop.ts";
import { createLogger } from "../../src/log.ts";
import { DesktopHost } from "../../src/server/desktop_host.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { Session } from "../support/session.ts";

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
