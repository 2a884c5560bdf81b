// The program on Windows: files and who may read them, the log, the doctor.

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startWindows } from "../support/wine/windows.ts";
import { bringVncd, freePort, greetingSoon, runVncd, vncd } from "./vncd_exe.ts";

const PASSWORDS = "C:\\users\\wine\\AppData\\Roaming\\vncd\\passwd";

Deno.test("passwords are kept where others can't read them, or there is a warning", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const written = await runVncd(windows, ["passwd"], "swordfi8\nswordfi8\nn\n");
  assertEquals([written.code, written.stdout.trim()], [0, `Written to ${PASSWORDS}.`]);
  const own = await runVncd(windows, ["doctor", "--desktop=demo", "--port=0"]);
  assertMatch(
    own.stdout,
    new RegExp(`ok +password +the password is in ${RegExp.escape(PASSWORDS)}`),
  );
  assert(!own.stdout.includes("other users"), own.stdout);
  // Wine lets everybody read what this machine lets everybody read.
  await Deno.writeTextFile(`${windows.folder}/open`, "swordfi8\n", { mode: 0o644 });
  const args = ["doctor", "--desktop=demo", "--port=0", "--password-file=Z:\\tmp\\open"];
  const open = await runVncd(windows, args);
  assertMatch(
    open.stdout,
    /warn +password +other users .* can get at Z:\\tmp\\open; .* icacls "Z:.*" .* \*S-1-5-21-/,
  );
});

Deno.test("a user's line is written, and accounts are used", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const added = await runVncd(windows, ["user", "anna", "view"], "swordfi8\nswordfi8\n");
  assertEquals([added.code, added.stderr], [0, ""]);
  const file = "C:\\users\\wine\\AppData\\Roaming\\vncd\\users";
  assertStringIncludes(added.stdout, `Written to ${file}`);
  const args = ["doctor", "--desktop=demo", "--port=0", `--users=${file}`];
  const { code, stdout } = await runVncd(windows, args);
  assertEquals(code, 0, stdout);
  assertMatch(stdout, /ok +password +no password for everybody/);
});

Deno.test("without a console the log goes to a file, and no random password is made", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const port = freePort();
  const demo = ["--desktop=demo", `--port=${port}`, "--no-console", "--log-file=Z:\\tmp\\vncd.log"];
  assertEquals((await runVncd(windows, demo)).code, 1);
  const log = () => Deno.readTextFile(`${windows.folder}/vncd.log`);
  assertMatch(await log(), /^vncd: --no-console: nobody would see the random password/);
  // Wine makes a group of administrators.
  assertEquals(((await Deno.stat(`${windows.folder}/vncd.log`)).mode ?? 0) & 0o007, 0);
  windows.spawn(vncd(...demo, "--security=none"));
  assertEquals(await greetingSoon(port), "RFB 003.008\n");
  assertStringIncludes(await log(), "JPEG pictures are made by");
});

Deno.test("the doctor says what is in the way, and its exit code whether that is a problem", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const port = freePort();
  windows.spawn(vncd("--desktop=demo", `--port=${port}`, "--security=none"));
  await greetingSoon(port);
  const args = ["doctor", "--desktop=demo", `--port=${port}`];
  const { code, stdout, stderr } = await runVncd(windows, args);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^ok +desktop +the demo desktop can be shared, 1024x768$/m);
  assertMatch(stdout, /^warn +service +the screen can't be seen while it is locked/m);
  assertMatch(stdout, /^warn +service +programs that run as an administrator take no keys/m);
  const owner = /port \d+ is in use by a VNC server, Z:\\deno\\deno\.exe \(process \d+\)$/m;
  assertMatch(stdout, owner);
  assertMatch(stdout, /^warn +firewall +.*\n +As an administrator:\n +netsh .* program="Z:\\deno/m);
  assertMatch(stdout, /^ok +JPEG +made by libjpeg-turbo/m);
  const missing = await runVncd(windows, [...args, "--password-file=Z:\\tmp\\missing"]);
  assertEquals(missing.code, 1);
  assertMatch(missing.stdout, /^problem +password +can't use password file .*no such file$/m);
});
