import { assertEquals } from "@std/assert";
import { ViewerInput } from "../../src/viewer/input.ts";
import type { DesktopListener, SharedDesktop } from "../../src/viewer/shared_desktop.ts";

/** A viewer's input, and what of it reached the desktop. */
function startInput() {
  const done: string[] = [];
  const viewer = {} as DesktopListener;
  const desktop: Pick<SharedDesktop, "key" | "pointer" | "movePointer"> = {
    key: (keysym, down, scancode) => done.push(`${down ? "+" : "-"}${keysym}/${scancode}`),
    pointer: (x, y, buttons, from) => done.push(`${x},${y} ${buttons} ${from === viewer}`),
    movePointer: (dx, dy, buttons) => done.push(`by ${dx},${dy} ${buttons}`),
  };
  return { input: new ViewerInput(desktop, viewer), takeDone: () => done.splice(0) };
}

Deno.test("a key with a scancode is held until that scancode is up, whatever the keysym", () => {
  const { input, takeDone } = startInput();
  input.key(0x41, true, 30);
  input.key(0x61, false, 30);
  input.key(0x61, true, 30);
  input.key(0x61, true, 30);
  input.key(0x71, true, 16);
  input.key(0x71, true);
  takeDone();
  input.release();
  assertEquals(takeDone(), ["-97/30", "-113/16", "-113/undefined"]);
  input.release();
  assertEquals(takeDone(), []);
});

Deno.test("a key that went down by its keysym is up when its scancode is", () => {
  const { input, takeDone } = startInput();
  input.key(0xffe1, true);
  input.key(0xffe1, false, 0x2a);
  takeDone();
  input.release();
  assertEquals(takeDone(), []);
});

Deno.test("buttons are let go where the pointer is, however it came there", () => {
  const { input, takeDone } = startInput();
  input.pointer(5, 6, 0x101);
  assertEquals(takeDone(), ["5,6 257 true"]);
  input.movePointer(-1, 2, 0x100);
  assertEquals(takeDone(), ["by -1,2 256"]);
  input.release();
  assertEquals(takeDone(), ["by 0,0 0"]);
  input.release();
  assertEquals(takeDone(), []);
});
