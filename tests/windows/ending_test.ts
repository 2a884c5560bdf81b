// How vncd ends when it is asked to: it parts with its viewers, releases their keys, and exits with 0.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { connectViewer } from "../support/tcp_viewer.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { until } from "../support/until.ts";
import { bundle } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows, type Windows } from "../support/wine/windows.ts";
import { bringVncd, freePort, greetingSoon, vncd } from "./vncd_exe.ts";

/** The events of a console. */
const EVENTS = { "ctrl-C": 0, "ctrl-Break": 1, "the closing of the window": 2 } as const;
const SAYS = {
  "ctrl-C": "SIGINT: closing",
  "ctrl-Break": "SIGBREAK: closing",
  "the closing of the window": "the console is closed: closing at once",
} as const;

const DENO = [DENO_EXE, "run", "-A", "--no-config"];
const SHIFT = 0xffe1;
const VK_SHIFT = 0x10;

/** A vncd with a viewer. */
async function shared(
  start: (command: string[]) => Deno.ChildProcess,
): Promise<{ child: Deno.ChildProcess; viewer: TestViewer }> {
  const port = freePort();
  const own = [`--port=${port}`, "--listen=127.0.0.1", "--security=none"];
  const child = start(vncd("--desktop=windows", ...own, "--log-file=Z:\\tmp\\vncd.log"));
  await greetingSoon(port);
  const viewer = await connectViewer(port);
  await viewer.login();
  return { child, viewer };
}

const logOf = (windows: Windows) => Deno.readTextFile(`${windows.folder}/vncd.log`);

/** Whether the shift key is down on the desktop. */
async function shiftIsDown(windows: Windows): Promise<boolean> {
  await bundle("tests/windows/inside/key_state.ts", `${windows.folder}/key_state.js`);
  const said = await windows.run([...DENO, "Z:\\tmp\\key_state.js", `${VK_SHIFT}`]);
  return said.trim() === "down";
}

for (const name of Object.keys(EVENTS) as (keyof typeof EVENTS)[]) {
  Deno.test(`vncd parts with its viewers and ends on ${name} of its console`, async () => {
    await using windows = await startWindows();
    await bringVncd(windows);
    await bundle("tests/windows/inside/console_owner.ts", `${windows.folder}/owner.js`);
    const owner = [...DENO, "Z:\\tmp\\owner.js", `${EVENTS[name]}`];
    const { child, viewer } = await shared(
      ([, ...args]) => windows.spawn([...owner, "Z:\\deno\\deno.exe", ...args], { stdin: "piped" }),
    );
    await viewer.key(SHIFT, true);
    await until("the key", async () => await shiftIsDown(windows) || undefined);
    await child.stdin.close();
    assertEquals((await child.status).code, 0);
    assert(await viewer.closed());
    assertEquals(await shiftIsDown(windows), false);
    assertStringIncludes(await logOf(windows), SAYS[name]);
  });
}

Deno.test("vncd parts with its viewers and ends when taskkill asks it to", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const { child, viewer } = await shared((command) => windows.spawn(command));
  await windows.run(["taskkill", "/IM", "deno.exe"]);
  assertEquals((await child.status).code, 0);
  assert(await viewer.closed());
  assertStringIncludes(await logOf(windows), "Windows asks vncd to close: closing\n");
});

Deno.test("vncd parts with its viewers before the user is signed out", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const { child, viewer } = await shared((command) => windows.spawn(command));
  await windows.run(["wineboot", "--end-session"]);
  assertEquals((await child.status).code, 0);
  assert(await viewer.closed());
  assertStringIncludes(await logOf(windows), "the session ends: closing at once");
});
