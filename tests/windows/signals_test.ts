import { assertEquals, assertStringIncludes } from "@std/assert";
import { until } from "../support/until.ts";
import { bundle } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows } from "../support/wine/windows.ts";
import { bringVncd, vncd } from "./vncd_exe.ts";

const SIGNALS = { "ctrl-c": "SIGINT", "ctrl-break": "SIGBREAK", "close": "SIGHUP" };

for (const [action, signal] of Object.entries(SIGNALS)) {
  Deno.test(`vncd parts with its viewers and ends on its console's ${action}`, async () => {
    await using windows = await startWindows();
    await bringVncd(windows);
    await bundle("tests/windows/inside/console_owner.ts", `${windows.folder}/owner.js`);
    const demo = ["--desktop=demo", "--port=0", "--listen=127.0.0.1", "--security=none"];
    const [, ...args] = vncd(...demo, "--log-file=Z:\\tmp\\vncd.log");
    const owner = [DENO_EXE, "run", "-A", "--no-config", "Z:\\tmp\\owner.js"];
    const child = windows.spawn([...owner, action, "Z:\\deno\\deno.exe", ...args]);
    const log = () => Deno.readTextFile(`${windows.folder}/vncd.log`).catch(() => "");
    await until("vncd ends", async () => (await log()).includes("closing") || undefined);
    assertStringIncludes(await log(), `${signal}: closing`);
    const { code } = await child.status;
    if (action !== "close") assertEquals(code, 0);
  });
}
