// What is typed in a viewer arrives in a program of Windows.

import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { bundle } from "../support/wine/inside.ts";
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
    await type(text);
    await press("Return");
    typed += `${text}\n`;
    await assertTyped(windows, typed);
  }
  for (const keys of ["ctrl+a", "ctrl+c", "End", "ctrl+v"]) await press(keys);
  await assertTyped(windows, typed + typed);
});
