// What is typed in a viewer arrives in a program of Windows.

import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { bundle } from "../support/wine/inside.ts";
import { extendedKey } from "../support/client_extensions.ts";
import { connectViewer } from "../support/tcp_viewer.ts";
import { until } from "../support/until.ts";
import { DENO_EXE, startWindows, type Windows } from "../support/wine/windows.ts";
import { TigerVnc } from "../viewers/support/tigervnc.ts";
import { openNotepad } from "./notepad.ts";
import { bringVncd, RunningOnWindows } from "./vncd_exe.ts";

const TEXTS = ["Hello, World 123 !@#$%", "(a+b)*c = {[~1, 2/3]}; ^\\|<>?&_", "é ß € 漢 Straße"];

/** What Notepad holds, with plain newlines. */
async function notepadText(windows: Windows): Promise<string> {
  const program = "Z:\\tmp\\notepad_text.js";
  const output = await windows.run([DENO_EXE, "run", "-A", "--no-check", "--no-config", program]);
  return JSON.parse(output).replaceAll("\r\n", "\n");
}

async function assertTyped(windows: Windows, text: string): Promise<void> {
  let found = "";
  await until("the text arrives", async () => {
    found = await notepadText(windows);
    return found === text || undefined;
  }).catch(() => assertEquals(found, text));
}

/** Each layout's own letters with what others have on keys of their own, and what none has. */
const ANY_TEXT = "é ß € 漢 ж Ж @ { ^ ê ñ ~ ` | azQZ 12 #+ 🙂";

/** The keys beside Tab, of Y and of the minus on a US keyboard. Wine has no Cyrillic ones. */
const SCANCODES = [0x10, 0x15, 0x0c];
const QEMU_EXTENDED_KEY_EVENT = -258;

for (const [layout, typed] of [["de", "qzß"], ["fr", "ay)"], ["ru", "-"]] as const) {
  Deno.test(`any text arrives in Notepad by a ${layout} keyboard, and its keys' own`, async () => {
    await using windows = await startWindows();
    // Wine's programs take the layout of the X server they start on.
    await windows.server.run("setxkbmap", [layout]);
    await bringVncd(windows);
    await bundle("tests/windows/inside/notepad_text.ts", join(windows.folder, "notepad_text.js"));
    await openNotepad(windows);
    const { port } = await RunningOnWindows.start(windows, ["--security=none"]);
    const viewer = await connectViewer(port);
    await viewer.login();
    for (const character of ANY_TEXT) {
      const code = character.codePointAt(0)!;
      const keysym = code < 0x100 ? code : 0x01000000 + code;
      for (const down of [true, false]) await viewer.key(keysym, down);
    }
    await viewer.setEncodings(0, QEMU_EXTENDED_KEY_EVENT);
    for (const scancode of SCANCODES) {
      for (const down of [true, false]) await viewer.send(extendedKey(0, scancode, down));
    }
    await assertTyped(windows, ANY_TEXT + typed);
    viewer.close();
  });
}

Deno.test("text typed in TigerVNC's viewer arrives in Notepad, and shortcuts work there", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await bundle("tests/windows/inside/notepad_text.ts", join(windows.folder, "notepad_text.js"));
  await openNotepad(windows);
  const { port } = await RunningOnWindows.start(windows, ["--security=none"]);
  await using viewer = await TigerVnc.start({ port });
  await viewer.screen.run("xdotool", ["windowfocus", "--sync", await viewer.window()]);
  const type = (text: string) => viewer.screen.run("xdotool", ["type", "--delay", "30", text]);
  const press = (keys: string) => viewer.screen.run("xdotool", ["key", "--delay", "30", keys]);
  let typed = "";
  for (const text of TEXTS) {
    // xdotool's newline is a Linefeed.
    await type(`${text}\n`);
    typed += `${text}\n`;
    await assertTyped(windows, typed);
  }
  for (const keys of ["ctrl+a", "ctrl+c", "End", "ctrl+v"]) await press(keys);
  await assertTyped(windows, typed + typed);
});
