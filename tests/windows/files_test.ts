// Files and places on Windows: names in any script, places that can't be used, no console.

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { bundle } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows } from "../support/wine/windows.ts";
import { bringVncd, freePort, greetingSoon, runVncd, vncd } from "./vncd_exe.ts";

const LOCALE = "/usr/lib/locale/C.utf8";
/** As the user Zoë 漢 would have it. */
const FOLDER = "Z:\\tmp\\Zoë 漢\\App Data";

Deno.test("passwords and the log may be in folders with any name", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await bundle("tests/windows/inside/launch.ts", `${windows.folder}/launch.js`);
  // Wine's files are this machine's, and without a locale have names in ASCII.
  await new Deno.Command("cp", { args: ["-r", LOCALE, windows.folder] }).output();
  const start = async (...args: string[]) => {
    await Deno.writeTextFile(`${windows.folder}/command`, vncd(...args).join("\n"));
    const launch = [DENO_EXE, "run", "-A", "--no-config", "Z:\\tmp\\launch.js"];
    return windows.spawn(launch, { env: { LOCPATH: "/tmp" }, stdin: "piped", stderr: "piped" });
  };
  const passwords = `${FOLDER}\\pass wörter`;
  const passwd = await start("passwd", passwords);
  const writer = passwd.stdin.getWriter();
  await writer.write(new TextEncoder().encode("swordfi8\nswordfi8\nn\n"));
  await writer.close();
  const { code, stderr } = await passwd.output();
  assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
  const port = freePort();
  const own = [`--port=${port}`, `--password-file=${passwords}`];
  await start("--desktop=demo", ...own, `--log-file=${FOLDER}\\log 漢\\vncd.log`);
  assertEquals(await greetingSoon(port), "RFB 003.008\n");
  const log = await Deno.readTextFile(`${windows.folder}/Zoë 漢/App Data/log 漢/vncd.log`);
  assertStringIncludes(log, "JPEG pictures are made by");
});

Deno.test("what can't be had on Windows is told in one line", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await Deno.writeTextFile(`${windows.folder}/file`, "");
  const demo = ["--desktop=demo", "--port=0", "--security=none"];
  const said = async (...args: string[]) => {
    const { code, stdout, stderr } = await runVncd(windows, args);
    assertEquals([code, stdout], [1, ""]);
    return stderr;
  };
  assertEquals(
    await said("--desktop=x11", "--port=0", "--security=none"),
    "vncd: --desktop x11: Windows has no X11 desktop\n",
  );
  assertMatch(
    await said(...demo, "--log-file=Z:\\tmp\\file\\vncd.log"),
    /^vncd: can't write the log to Z:\\tmp\\file\\vncd\.log: [^\n]+\n$/,
  );
});
