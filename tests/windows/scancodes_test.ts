// Keys that a viewer names by their scancodes, as a program of Windows gets them.

import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { extendedKey } from "../support/client_extensions.ts";
import { connectViewer } from "../support/tcp_viewer.ts";
import { until } from "../support/until.ts";
import { bundle } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows, type Windows } from "../support/wine/windows.ts";
import { bringVncd, RunningOnWindows } from "./vncd_exe.ts";

const RAW = 0;
const QEMU_EXTENDED_KEY_EVENT = -258;

/** What a window that has the keyboard is told, a line a key. */
async function watchKeys(windows: Windows): Promise<string[]> {
  await bundle("tests/windows/inside/key_events.ts", join(windows.folder, "key_events.js"));
  const program = "Z:\\tmp\\key_events.js";
  const args = ["run", "-A", "--no-check", "--no-config", program];
  const { stdout } = windows.spawn([DENO_EXE, ...args], { stdout: "piped" });
  const lines: string[] = [];
  const read = async () => {
    let rest = "";
    for await (const text of stdout.pipeThrough(new TextDecoderStream())) {
      const complete = (rest + text).split(/\r?\n/);
      rest = complete.pop()!;
      lines.push(...complete);
    }
  };
  read();
  await until("the window", () => lines.includes("ready") || undefined);
  lines.length = 0;
  return lines;
}

/** Scancodes, as the protocol has them, and which key Windows tells of. */
const KEYS: readonly (readonly [scancode: number, told: string])[] = [
  [0x1e, "41 1e"],
  [0x1c, "0d 1c"], // Return
  [0x9c, "0d e0:1c"], // KP_Enter
  [0xc8, "26 e0:48"], // Up
  [0x48, "26 48"], // KP_Up
  [0xcb, "25 e0:4b"], // Left
  [0x1d, "11 1d"], // Control_L
  [0x9d, "11 e0:1d"], // Control_R
  [0xd3, "2e e0:53"], // Delete
  [0x53, "2e 53"], // KP_Delete
  [0x3b, "70 3b"], // F1
];

const CTRL_ALT_DEL = [0x1d, 0x38, 0xd3];

Deno.test("scancodes press their keys on Windows, with and without the prefix 0xe0", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const { port } = await RunningOnWindows.start(windows, ["--security=none"]);
  const told = await watchKeys(windows);
  const viewer = await connectViewer(port);
  await viewer.login();
  await viewer.setEncodings(RAW, QEMU_EXTENDED_KEY_EVENT);
  for (const [scancode] of KEYS) {
    // The keysym is no key at all: it mustn't matter.
    for (const down of [true, false]) await viewer.send(extendedKey(0, scancode, down));
  }
  const expected = KEYS.flatMap(([, key]) => [`down ${key}`, `up ${key}`]);
  await until("all keys", () => told.length >= expected.length || undefined)
    .catch(() => assertEquals(told, expected));
  assertEquals(told, expected);
  for (const scancode of CTRL_ALT_DEL) await viewer.send(extendedKey(0, scancode, true));
  const log = () => Deno.readTextFile(join(windows.folder, "vncd.log"));
  await until(
    "what Ctrl+Alt+Del needs",
    async () => /Ctrl\+Shift\+Esc/.test(await log()) || undefined,
  );
  // All of Wine's programs have the same rights.
  assert(!/more rights/.test(await log()));
  viewer.close();
});
