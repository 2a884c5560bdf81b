import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { loadLibraries } from "../../../src/desktop/windows/libraries.ts";
import { MessageWindow } from "../../../src/desktop/windows/message_window.ts";
import { silentLogger } from "./silent_logger.ts";

const libraries = loadLibraries();
const { symbols: user32 } = Deno.dlopen("user32.dll", {
  PostMessageW: { parameters: ["pointer", "u32", "usize", "isize"], result: "i32" },
  SendMessageTimeoutW: {
    parameters: ["pointer", "u32", "usize", "isize", "u32", "u32", "buffer"],
    result: "isize",
  },
  IsWindow: { parameters: ["pointer"], result: "i32" },
  IsWindowVisible: { parameters: ["pointer"], result: "i32" },
});

const WM_CLOSE = 0x10;
const WM_DISPLAYCHANGE = 0x7e;
const WM_APP = 0x8000;

Deno.test("message window: hears what is told to all windows, or posted to it", () => {
  const heard: string[] = [];
  const window = new MessageWindow(libraries, silentLogger);
  window.on(WM_DISPLAYCHANGE, () => heard.push("display"));
  window.on(WM_APP, () => heard.push("posted"));
  window.start();
  assertEquals(user32.IsWindowVisible(window.handle), 0);
  assertEquals(window.look(), false);
  user32.PostMessageW(window.handle, WM_APP, 0n, 0n);
  const everybody = Deno.UnsafePointer.create(0xffffn);
  user32.SendMessageTimeoutW(
    ...[everybody, WM_DISPLAYCHANGE, 32n, 0n, 2, 1000, new Uint8Array(8)] as const,
  );
  assertEquals(heard, ["display"]);
  assertEquals(window.look(), true);
  assertEquals(heard, ["display", "posted"]);
  window.stop();
});

Deno.test("message window: stays when it's asked to close, and is gone when stopped", () => {
  const window = new MessageWindow(libraries, silentLogger);
  window.on(WM_CLOSE, () => {});
  window.stop();
  assertEquals(window.handle, null);
  for (let i = 0; i < 3; i++) {
    window.start();
    const { handle } = window;
    user32.PostMessageW(handle, WM_CLOSE, 0n, 0n);
    assertEquals(window.look(), true);
    assertEquals(user32.IsWindow(handle), 1);
    window.stop();
    assertEquals([user32.IsWindow(handle), window.handle], [0, null]);
  }
});

Deno.test("message window: two of them are two", () => {
  const windows = [0, 1].map(() => new MessageWindow(libraries, silentLogger));
  const heard = [0, 0];
  for (const [i, window] of windows.entries()) {
    window.on(WM_APP, () => heard[i]!++);
    window.start();
  }
  assertNotEquals(
    Deno.UnsafePointer.value(windows[0]!.handle),
    Deno.UnsafePointer.value(windows[1]!.handle),
  );
  user32.PostMessageW(windows[1]!.handle, WM_APP, 0n, 0n);
  windows[0]!.stop();
  windows[1]!.look();
  assertEquals(heard, [0, 1]);
  windows[1]!.stop();
});

Deno.test("message window: a flood of messages is taken in parts, however long it lasts", () => {
  const window = new MessageWindow(libraries, silentLogger);
  let heard = 0;
  window.on(WM_APP, () => heard++);
  window.start();
  for (let round = 0; round < 30; round++) {
    for (let i = 0; i < 1000; i++) user32.PostMessageW(window.handle, WM_APP, 0n, 0n);
    const before = heard;
    assert(window.look());
    assert(heard - before < 1000);
    while (window.look());
  }
  assertEquals(heard, 30_000);
  window.stop();
});
