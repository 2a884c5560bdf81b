import { assertEquals } from "@std/assert";
import { Recorder, until } from "../recorder.ts";
import { pressed, startX11, watchEvents } from "./rig.ts";

Deno.test("x11 pointer moves, clicks and turns the wheels", async () => {
  await using rig = await startX11();
  const events = await watchEvents(rig, "button");
  for (let button = 1; button <= 9; button++) {
    rig.desktop.pointer(100 + button, 200, 1 << (button - 1));
    rig.desktop.pointer(100 + button, 200, 0);
  }
  const seen = (): string[] =>
    [...events().matchAll(/^Button(Press|Release) .*\n.*\((\d+),(\d+)\).*\n.*button (\d)/gm)]
      .map(([, what, x, y, button]) => `${what} ${button} at ${x},${y}`);
  await until("all clicks", () => seen().length >= 18);
  const expected = Array.from({ length: 9 }, (_, i) => i + 1).flatMap((button) =>
    ["Press", "Release"].map((what) => `${what} ${button} at ${100 + button},200`)
  );
  assertEquals(seen(), expected);
});

Deno.test("x11 pointer drags with several buttons", async () => {
  await using rig = await startX11();
  const { desktop } = rig;
  desktop.pointer(10, 20, 1);
  desktop.pointer(11, 20, 5);
  assertEquals(pressed(rig).buttons, 5);
  desktop.pointer(12, 20, 4);
  assertEquals(pressed(rig).buttons, 4);
  desktop.close();
  assertEquals(pressed(rig).buttons, 0);
});

Deno.test("x11 pointer stays on the screen", async () => {
  await using rig = await startX11({ width: 640, height: 480 });
  const position = async (): Promise<string> =>
    (await rig.server.run("xdotool", ["getmouselocation"])).split(" screen")[0]!;
  rig.desktop.pointer(-5, 100000, 0);
  assertEquals(await position(), "x:0 y:479");
  rig.desktop.pointer(100000, -5, 0);
  assertEquals(await position(), "x:639 y:0");
  rig.desktop.pointer(320, 240, 0);
  assertEquals(await position(), "x:320 y:240");
});

Deno.test("x11 pointer and keys keep their order behind a key that waits", async () => {
  await using rig = await startX11();
  const events = await watchEvents(rig, "button");
  // More symbols than there are spare keys, so that the last ones wait.
  for (let i = 0; i < 60; i++) {
    rig.desktop.key(0x1004e00 + i, true);
    rig.desktop.key(0x1004e00 + i, false);
  }
  rig.desktop.pointer(50, 50, 1);
  rig.desktop.pointer(60, 60, 0);
  assertEquals(pressed(rig).buttons, 0);
  await until("the click at last", () => events().includes("ButtonRelease"));
  assertEquals(events().match(/\(50,50\)|\(60,60\)/g)?.slice(0, 2), ["(50,50)", "(60,60)"]);
});

Deno.test("x11 pointer moves by as many pixels as were said", async () => {
  await using rig = await startX11({ width: 640, height: 480 });
  const { desktop, server } = rig;
  const position = async (): Promise<string> =>
    (await server.run("xdotool", ["getmouselocation"])).split(" screen")[0]!;
  desktop.pointer(100, 100, 0);
  desktop.movePointer(1, -1, 0);
  assertEquals(await position(), "x:101 y:99");
  desktop.movePointer(300, 200, 0);
  assertEquals(await position(), "x:401 y:299");
  desktop.movePointer(-15, 0, 5);
  assertEquals([await position(), pressed(rig).buttons], ["x:386 y:299", 5]);
  desktop.movePointer(0, 0, 0);
  assertEquals([await position(), pressed(rig).buttons], ["x:386 y:299", 0]);
});

for (const without of [[], ["xi"]] as const) {
  const how = without.map((library) => `, without ${library}`).join("");
  Deno.test(`x11 tells where others put the pointer${how}`, async () => {
    await using rig = await startX11({ width: 640, height: 480, without });
    const { desktop, server } = rig;
    const recorder = new Recorder();
    desktop.watch(recorder);
    for (const [i, [x, y]] of [[100, 50], [101, 50], [639, 479], [0, 0]].entries()) {
      await server.run("xdotool", ["mousemove", `${x}`, `${y}`]);
      await until("the pointer's move", () => recorder.pointerMoves > i);
      assertEquals(desktop.pointerPosition, { x: x!, y: y! });
      // It wasn't elsewhere before the viewer put it there.
      desktop.pointer(300, 200, 0);
    }
    assertEquals(recorder.pointerMoves, 4);
    desktop.unwatch();
    await server.run("xdotool", ["mousemove", "77", "78"]);
    desktop.watch(recorder);
    assertEquals(desktop.pointerPosition, { x: 77, y: 78 });
    assertEquals(recorder.pointerMoves, 4);
  });
}
