// vncd as a service of Windows, by deno.exe and Wine's service control manager. Wine has one session,
// and everybody may do everything: what differs with those is tested with stand-ins.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { until } from "../support/until.ts";
import { bundle } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows } from "../support/wine/windows.ts";
import { bringVncd, freePort, greetingSoon, runVncd } from "./vncd_exe.ts";

const LOG = "C:\\ProgramData\\vncd\\vncd.log";

Deno.test("the service is installed, shares the screen, stops and is removed", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const service = (...args: string[]) => runVncd(windows, ["service", ...args]);
  const port = freePort();
  const says = async (word: string, text: string) =>
    assertEquals(await service(word), { code: 0, stdout: `${text}\n`, stderr: "" });
  await Deno.writeTextFile(`${windows.folder}/passwords`, "swordfish\n");
  const own = ["--desktop=demo", `--port=${port}`, "--password-file=Z:\\tmp\\passwords"];

  const refused = await service("install", ...own);
  assertEquals(refused.code, 1);
  assertStringIncludes(refused.stderr, "others than administrators can change Z:\\deno\\deno.exe");
  await says("status", "The service is not installed.");

  const installed = await service("install", ...own, "--force");
  assertEquals(installed.code, 0, installed.stderr);
  // What Wine lacks, it lacks loudly.
  assertEquals(installed.stderr.match(/ warn +this Windows doesn't know /g)?.length, 3);
  const key = "HKLM\\System\\CurrentControlSet\\Services\\vncd";
  const path = await windows.run(["reg", "query", key, "/v", "ImagePath"]);
  assertStringIncludes(path, `"Z:\\deno\\deno.exe" run `);
  assertStringIncludes(path, `"Z:\\tmp\\vncd.js" service run ${own.join(" ")}`);
  assert(!path.includes("--force"), path);

  const again = await service("install", ...own, "--force");
  const installedAlready = "the service is installed already; vncd service remove takes it away";
  assertEquals([again.code, again.stderr], [1, `vncd: ${installedAlready}\n`]);

  await says("start", "The service is running.");
  assertEquals(await greetingSoon(port), "RFB 003.008\n");
  await says("status", "The service is running.");
  assertEquals((await service("start")).stderr, "vncd: the service is running already\n");

  await says("stop", "The service has stopped.");
  const log = await windows.run(["cmd", "/c", "type", LOG]);
  assertStringIncludes(log, "vncd was started in session 1");
  assertStringIncludes(log, "the service ends: closing");
  assertStringIncludes(log, "vncd has ended in session 1");

  assertEquals((await service("remove")).code, 0);
  await says("status", "The service is not installed.");
  const gone = "vncd: the service isn't installed; vncd service install does that\n";
  assertEquals((await service("start")).stderr, gone);
});

Deno.test("the service asks for a password where nothing else says who may come in", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const service = (args: string[], input?: string) => runVncd(windows, ["service", ...args], input);
  const port = freePort();
  const install = ["install", "--force", "--desktop=demo", `--port=${port}`];

  assertEquals(
    (await service(install)).stderr,
    "vncd: no password was given; nothing is written\n",
  );
  const installed = await service(install, "swordfish\nswordfish\nn\n");
  assertEquals([installed.code, installed.stderr.includes("9 bytes")], [0, true]);
  assertStringIncludes(installed.stdout, "Written to C:\\ProgramData\\vncd\\passwd.");
  assertEquals((await service(["start"])).code, 0);
  assertEquals(await greetingSoon(port), "RFB 003.008\n");
  assertEquals((await service(["remove"])).code, 0);
  const files = await windows.run(["cmd", "/c", "dir", "/b", "C:\\ProgramData\\vncd"]);
  // What it keeps is there, not with SYSTEM's own data.
  for (const name of ["passwd", "rsa_key.pem", "vncd.log"]) assertStringIncludes(files, name);
});

Deno.test("when the service is killed its vncd ends in good order", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  await bundle("tests/windows/inside/kill_service.ts", `${windows.folder}/kill.js`);
  const service = (...args: string[]) => runVncd(windows, ["service", ...args]);
  const port = freePort();
  await Deno.writeTextFile(`${windows.folder}/passwords`, "swordfish\n");
  const own = ["--desktop=demo", `--port=${port}`, "--password-file=Z:\\tmp\\passwords"];
  assertEquals((await service("install", ...own, "--force")).code, 0);
  assertEquals((await service("start")).code, 0);
  assertEquals(await greetingSoon(port), "RFB 003.008\n");
  await windows.run([DENO_EXE, "run", "-A", "--no-config", "Z:\\tmp\\kill.js"]);
  await until("the end of its vncd", async () => {
    // For as long as that has its log open, nobody else may.
    const log = await windows.run(["cmd", "/c", "type", LOG]).catch(() => "");
    return log.includes("the service ends: closing") || undefined;
  });
});

Deno.test("the service's own command is for Windows alone", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const { code, stderr } = await runVncd(windows, ["service", "run"]);
  const said = "vncd: only Windows starts this, as a service: vncd service start\n";
  assertEquals([code, stderr], [1, said]);
});
