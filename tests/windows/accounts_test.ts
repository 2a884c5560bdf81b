// Who may come in, on Windows; the settings come from the environment.

import { assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { type LoginName, LOGINS, outcome, type Secrets } from "../support/logins.ts";
import { connectViewer } from "../support/tcp_viewer.ts";
import { startWindows } from "../support/wine/windows.ts";
import { bringVncd, RunningOnWindows, runVncd } from "./vncd_exe.ts";

const ANNA = { name: "anna", password: "größe und höhe" };
const WRONG = "wrong name or password";

/** Logs in and leaves: "in", or the reason why not. */
async function tryLogin(port: number, way: LoginName, secrets: Secrets): Promise<string> {
  const viewer = await connectViewer(port);
  try {
    return await outcome(viewer, LOGINS[way](secrets));
  } finally {
    viewer.close();
  }
}

Deno.test("accounts of vncd user come in over TLS, by certificate and key made on Windows", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const file = "Z:\\tmp\\users";
  const twice = `${ANNA.password}\n${ANNA.password}\n`;
  const added = await runVncd(windows, ["user", ANNA.name, "all", `--users=${file}`], twice);
  assertEquals([added.code, added.stderr], [0, ""]);
  const { port } = await RunningOnWindows.start(windows, [], { VNCD_USERS: file });
  for (const way of ["x509plain", "ra2_256"] as const) {
    assertEquals(await tryLogin(port, way, ANNA), "in", way);
    assertEquals(await tryLogin(port, way, { ...ANNA, password: "klein" }), WRONG, way);
  }
});

Deno.test("who isn't known to Windows is refused, whatever LogonUser gives", async () => {
  await using windows = await startWindows();
  await bringVncd(windows);
  const { port } = await RunningOnWindows.start(windows, [], { VNCD_SYSTEM_USERS: "anna" });
  // Wine's LogonUser lets everybody in, with a token that belongs to nobody.
  assertEquals(await tryLogin(port, "x509plain", ANNA), WRONG);
  const log = await Deno.readTextFile(join(windows.folder, "vncd.log"));
  assertMatch(log, /wrong name or password for the account "anna"/);
});
