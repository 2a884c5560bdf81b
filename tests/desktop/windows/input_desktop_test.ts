import { assertEquals, assertThrows } from "@std/assert";
import {
  attachToInputDesktop,
  inputDesktopName,
} from "../../../src/desktop/windows/input_desktop.ts";
import type { Libraries } from "../../../src/desktop/windows/libraries.ts";
import { PlatformError } from "../../../src/desktop/errors.ts";

/** Windows with two desktops, by name; a handle is an object with the name. */
class FakeWindows {
  input: string | undefined = "Default";
  thread = { name: "Default" };
  hasWindows = false;
  open = 0;

  readonly libraries = {
    user32: {
      OpenInputDesktop: () => {
        if (this.input === undefined) return null;
        this.open++;
        return { name: this.input };
      },
      CloseDesktop: () => this.open--,
      GetThreadDesktop: () => this.thread,
      SetThreadDesktop: (desktop: { name: string }) => {
        if (this.hasWindows) return 0;
        this.thread = desktop;
        return 1;
      },
      GetUserObjectInformationW: (
        ...[{ name }, , out, , length]: [{ name: string }, number, Uint16Array, number, Uint32Array]
      ) => {
        for (const [i, letter] of [...name, "\0"].entries()) out[i] = letter.charCodeAt(0);
        length[0] = 2 * (name.length + 1);
        return 1;
      },
    },
    kernel32: { GetCurrentThreadId: () => 1 },
  } as unknown as Libraries;
}

Deno.test("a desktop that isn't ours to see is a PlatformError that says why", () => {
  const windows = new FakeWindows();
  windows.input = undefined;
  assertThrows(() => inputDesktopName(windows.libraries), PlatformError, "lock screen");
  assertThrows(() => attachToInputDesktop(windows.libraries), PlatformError, "lock screen");
});

Deno.test("the thread is attached to the desktop that gets input, if that's another", () => {
  const windows = new FakeWindows();
  const { thread } = windows;
  attachToInputDesktop(windows.libraries);
  assertEquals(windows.thread, thread);
  windows.input = "Winlogon";
  attachToInputDesktop(windows.libraries);
  assertEquals([windows.thread.name, inputDesktopName(windows.libraries)], [
    "Winlogon",
    "Winlogon",
  ]);
});

Deno.test("a thread that has windows stays, and no handle is left open", () => {
  const windows = new FakeWindows();
  windows.input = "Winlogon";
  windows.hasWindows = true;
  assertThrows(() => attachToInputDesktop(windows.libraries), PlatformError);
  assertEquals([windows.thread.name, windows.open], ["Default", 0]);
});
