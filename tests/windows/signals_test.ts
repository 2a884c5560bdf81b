import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { connectViewer } from "../support/tcp_viewer.ts";
import { bundle } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows } from "../support/wine/windows.ts";
import { bringVncd, freePort, greetingSoon, vncd } from "./vncd_exe.ts";

// Wine ends programs on ctrl-Break without asking their handlers.
Deno.test("vncd parts with its viewers and ends on ctrl-C in its console", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await bundle("tests/windows/inside/console_owner.ts", `${windows.folder}/owner.js`);
  const port = freePort();
  const demo = ["--desktop=demo", `--port=${port}`, "--listen=127.0.0.1", "--security=none"];
  const [, ...args] = vncd(...demo, "--log-file=Z:\\tmp\\vncd.log");
  const owner = [DENO_EXE, "run", "-A", "--no-config", "Z:\\tmp\\owner.js"];
  const child = windows.spawn([...owner, "Z:\\deno\\deno.exe", ...args], { stdin: "piped" });
  await greetingSoon(port);
  const viewer = await connectViewer(port);
  await viewer.login();
  await child.stdin.close();
  assertEquals((await child.status).code, 0);
  assert(await viewer.closed());
  const log = await Deno.readTextFile(`${windows.folder}/vncd.log`);
  assertStringIncludes(log, "SIGINT: closing");
});
