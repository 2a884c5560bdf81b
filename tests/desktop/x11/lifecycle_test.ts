import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { PlatformError } from "../../../src/desktop/errors.ts";
import { openX11Desktop } from "../../../src/desktop/x11/x11_desktop.ts";
import { resizeXvfb, startXvfb } from "../../support/xvfb.ts";
import { Recorder, until } from "../recorder.ts";
import { Follower, recordingLogger, startX11, type } from "./rig.ts";

Deno.test("x11 survives the death of its server, and another one can be opened", async () => {
  for (let i = 0; i < 3; i++) {
    await using rig = await startX11();
    const { desktop } = rig;
    const recorder = new Recorder();
    desktop.watch(recorder);
    desktop.grab();
    await rig.server.crash();
    await until("the news", () => recorder.reasons.length > 0);
    assertEquals(recorder.reasons, [`the X server of ${rig.server.display} has ended`]);
    assertThrows(() => desktop.grab(), PlatformError, "has ended");
    desktop.key(0x61, true);
    desktop.pointer(1, 1, 1);
    desktop.setClipboard({ text: "x" });
    assert(desktop.cursor === undefined || desktop.cursor.width > 0);
    desktop.unwatch();
    desktop.close();
    desktop.close();
    assertEquals(recorder.reasons.length, 1);
  }
});

Deno.test("x11 writes into no file of others when it's closed after its server's death", async () => {
  await using rig = await startX11();
  const recorder = new Recorder();
  rig.desktop.watch(recorder);
  await rig.server.crash();
  await until("the news", () => recorder.reasons.length > 0);
  // These get the numbers of the descriptors that the desktop has closed.
  const paths = Array.from({ length: 32 }, (_, i) => `${rig.directory}/${i}`);
  const files = paths.map((path) => Deno.openSync(path, { write: true, create: true }));
  rig.desktop.close();
  for (const file of files) file.close();
  assertEquals(paths.filter((path) => Deno.statSync(path).size > 0), []);
});

Deno.test("x11 tells a watcher that comes later that the server has died", async () => {
  await using rig = await startX11();
  await rig.server.crash();
  const recorder = new Recorder();
  rig.desktop.watch(recorder);
  await until("the news", () => recorder.reasons.length > 0);
});

Deno.test("x11 survives a server that dies during a call", async () => {
  await using rig = await startX11();
  const recorder = new Recorder();
  rig.desktop.watch(recorder);
  const crash = rig.server.crash();
  // Each is a round trip; none of them lets the process hear of the death in another way.
  assertThrows(() => {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) rig.desktop.grab();
  }, PlatformError);
  await crash;
  await until("the news", () => recorder.reasons.length > 0);
  assertEquals(recorder.reasons.length, 1);
});

Deno.test("x11 follows the screen's size", async () => {
  await using rig = await startX11({ width: 800, height: 600 });
  const { desktop, server } = rig;
  const follower = new Follower(desktop);
  desktop.watch(follower);
  server.spawn("xterm", ["-geometry", "40x12+10+10", "-e", "seq 1 100; sleep 100"]);
  for (const [width, height] of [[640, 480], [333, 200], [800, 600]] as const) {
    const { resizes, screen } = { resizes: follower.resizes, screen: desktop.screen };
    await resizeXvfb(server, width, height);
    await until("the new size", () => follower.resizes > resizes);
    assertEquals([desktop.screen.width, desktop.screen.height], [width, height]);
    await follower.assertShows(server);
    // The old one may still be in use.
    assert(screen.pixels.at(-1) !== undefined);
  }
});

Deno.test("x11 has the right size when watched after a change of size", async () => {
  await using rig = await startX11({ width: 800, height: 600 });
  await resizeXvfb(rig.server, 640, 480);
  const follower = new Follower(rig.desktop);
  rig.desktop.watch(follower);
  await follower.assertShows(rig.server);
  assertEquals(rig.desktop.screen.width, 640);
});

Deno.test("x11 tells of the cursor's shape", async () => {
  await using rig = await startX11();
  const { desktop, server } = rig;
  const recorder = new Recorder();
  desktop.watch(recorder);
  const before = desktop.cursor!;
  server.spawn("xterm", ["-geometry", "60x20+0+0", "-e", "sleep 100"]);
  desktop.pointer(100, 100, 0);
  await until("xterm's cursor", () => desktop.cursor!.width !== before.width);
  assert(recorder.cursorChanges > 0);
  const { width, height, hotX, hotY, pixels } = desktop.cursor!;
  assertEquals([width, height, hotX, hotY], [9, 16, 4, 8]);
  const [white, black, clear] = [0xffffffff, 0xff000000, 0];
  assertEquals([...pixels.subarray(0, width)], [
    ...[white, white, white, white, clear, white, white, white, white],
  ]);
  assertEquals(pixels[width + 1], black);
});

Deno.test("x11 has a cursor where the server won't show whose maker has gone", async () => {
  await using rig = await startX11();
  const { desktop, server } = rig;
  desktop.watch(new Recorder());
  server.spawn("xterm", ["-geometry", "20x5+0+0", "-e", "sleep 100"]);
  desktop.pointer(10, 10, 0);
  await until("xterm's cursor", () => desktop.cursor?.width === 9);
  // Last, so that no other client takes the place of the one that made the cursor.
  await server.run("xsetroot", ["-cursor_name", "left_ptr"]);
  desktop.pointer(300, 200, 0);
  await until("another cursor than xterm's", () => desktop.cursor?.width !== 9);
  assert(desktop.cursor!.width > 0);
});

Deno.test("x11 hears the bell", async () => {
  await using rig = await startX11();
  const recorder = new Recorder();
  rig.desktop.watch(recorder);
  rig.server.spawn("xterm", ["-e", "while sleep 0.1; do printf '\\a'; done"]);
  await until("the bell", () => recorder.bells > 0);
});

Deno.test("x11 sleeps while nothing happens", async () => {
  await using rig = await startX11();
  const { desktop, server } = rig;
  // It grabs whenever something was drawn, as an owner does.
  const follower = new Follower(desktop);
  desktop.watch(follower);
  server.spawn("xterm", ["-e", "sleep 100"]);
  await until("a window", () => follower.damages > 1);
  // The answers to its questions where the pointer is, five a second, may wake it, too.
  let [wakeups, since] = [desktop.wakeups, performance.now()];
  await until("a second with hardly a wake-up", () => {
    if (desktop.wakeups - wakeups > 10) [wakeups, since] = [desktop.wakeups, performance.now()];
    return performance.now() - since >= 1000;
  });
});

Deno.test("x11 sleeps while nobody watches", async () => {
  await using rig = await startX11();
  const { desktop, server } = rig;
  desktop.watch(new Recorder());
  desktop.grab();
  desktop.unwatch();
  server.spawn("xterm", ["-T", "moved", "-e", "sleep 100"]);
  const search = ["search", "--sync", "--onlyvisible", "--name", "^moved$"];
  const window = (await server.run("xdotool", search)).trim();
  let x = 0;
  await until("changes that wake nobody", async () => {
    const wakeups = desktop.wakeups;
    await server.run("xdotool", ["windowmove", window, `${++x}`, "10"]);
    for (const colour of ["red", "green", "blue"]) await server.run("xsetroot", ["-solid", colour]);
    return desktop.wakeups === wakeups;
  });
});

Deno.test("x11 is view only without libXtst, and says so", async () => {
  await using rig = await startX11({ without: ["xtst"] });
  rig.desktop.pointer(5, 5, 1);
  type(rig.desktop, "a€");
  assertEquals(rig.logged.filter((line) => line.startsWith("warn")).length, 1);
  assertStringIncludes(rig.logged.find((line) => line.startsWith("warn"))!, "view only");
});

Deno.test("x11 says in one line why a display can't be opened", async () => {
  const log = recordingLogger([]);
  for (const display of [":9999", "nonsense", "no.such.host.invalid:0"]) {
    const error = assertThrows(() => openX11Desktop({ display, log }), PlatformError);
    assertStringIncludes(error.message, `cannot open X11 display ${display}`);
    assert(!error.message.includes("\n"));
  }
  const error = assertThrows(() => openX11Desktop({ display: "", log }), PlatformError);
  assertStringIncludes(error.message, "DISPLAY");
  // A server that admits nobody.
  await using rig = await startX11();
  const authority = `${rig.directory}/authority`;
  await new Deno.Command("xauth", {
    args: ["-f", authority, "add", ":0", ".", "0123456789abcdef0123456789abcdef"],
  }).output();
  await using server = await startXvfb({ args: ["-auth", authority] });
  const refused = assertThrows(
    () => openX11Desktop({ display: server.display, log }),
    PlatformError,
  );
  assertStringIncludes(refused.message, "XAUTHORITY");
});

Deno.test("x11 can be opened again and again, several at a time", async () => {
  await using server = await startXvfb({ width: 320, height: 200 });
  const log = recordingLogger([]);
  for (let i = 0; i < 30; i++) {
    const desktops = [1, 2].map(() => openX11Desktop({ display: server.display, log }));
    for (const desktop of desktops) {
      desktop.watch(new Recorder());
      assertEquals(desktop.grab().region.area, 320 * 200);
    }
    for (const desktop of desktops) desktop.close();
  }
});
