import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { run } from "../../src/cli/run.ts";
import { buildVncd, BUILT, BUILT_ENV } from "../support/built_vncd.ts";
import { greeting, RunningVncd, runVncd } from "../support/vncd.ts";

const DEMO = ["--desktop", "demo", "--listen", "127.0.0.1", "--port", "0"];
const RFB_VERSION = "RFB 003.008\n";

Deno.test("vncd says where it is and with which password, and is there", async () => {
  await using vncd = await RunningVncd.start(DEMO);
  assertMatch(vncd.banner, /Shares +.*demo/);
  assertMatch(vncd.banner, /Connect to +127\.0\.0\.1:\d+\n/);
  assertMatch(vncd.banner, /Password +[a-km-np-z2-9]{8} /);
  assertEquals(await greeting(vncd.port), RFB_VERSION);
});

Deno.test("every signal that asks vncd to end ends it well, and its log has no secret", async () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    await using vncd = await RunningVncd.start([...DEMO, "--log-level", "debug"]);
    const password = vncd.banner.match(/Password +(\S+)/)![1]!;
    await greeting(vncd.port);
    const { code, log } = await vncd.end(signal);
    assertEquals(code, 0, log);
    assertStringIncludes(log, signal);
    assertEquals(log.includes(password), false);
  }
});

Deno.test("a password file is named, not told", async () => {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, "s3cret\nl00k\n");
    await using vncd = await RunningVncd.start(DEMO, { env: { VNCD_PASSWORD_FILE: file } });
    assertStringIncludes(vncd.banner, file);
    const { log } = await vncd.end();
    assertEquals(/s3cret|l00k/.test(vncd.banner + log), false);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("a port that is taken is one clear line", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const { code, stdout, stderr } = await runVncd([...DEMO, "--port", String(port)]);
  assertEquals([code, stdout], [1, ""]);
  assertEquals(
    stderr,
    `vncd: port ${port} is already in use; choose another with --port, or any free one with --port 0\n`,
  );
});

Deno.test("an address of another machine is one clear line", async () => {
  const { code, stderr } = await runVncd([...DEMO, "--listen", "192.0.2.1"]);
  assertEquals(code, 1);
  assertEquals(stderr, "vncd: 192.0.2.1 is no address of this machine; see --listen\n");
});

Deno.test("a display that isn't there is one clear line", async () => {
  const { code, stdout, stderr } = await runVncd([
    ...DEMO,
    "--desktop",
    "x11",
    "--display",
    ":987",
  ]);
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, /^vncd: .*:987.*\n$/);
});

Deno.test("an x11 desktop without a display to share is one clear line", async () => {
  const { code, stderr } = await runVncd([...DEMO, "--desktop", "x11"], { env: { DISPLAY: "" } });
  assertEquals(code, 1);
  assertStringIncludes(stderr, "vncd: no X11 display: set DISPLAY");
});

Deno.test("an error that nobody foresaw ends vncd, but not without closing everything", async () => {
  const ready = Promise.withResolvers<number>();
  const complaints: string[] = [];
  const ended = run([...DEMO, "--security", "none"], {
    environment: {},
    print: (banner) => ready.resolve(Number(banner.match(/:(\d+)\s/)?.[1])),
    complain: (line) => complaints.push(line),
  });
  const port = await ready.promise;
  using viewer = await Deno.connect({ hostname: "127.0.0.1", port });
  await viewer.read(new Uint8Array(RFB_VERSION.length));
  reportError(new Error("lost"));
  assertEquals(await ended, 1);
  assertEquals(complaints.at(-1), "vncd: unexpected error: lost");
  assertEquals(await viewer.read(new Uint8Array(1)), null);
  await assertRejects(() => Deno.connect({ hostname: "127.0.0.1", port }));
});

/** Runs vncd through a shell that redirects its output. */
const redirected = (redirections: string) => ({
  command: ["/bin/sh", "-c", `exec "$0" "$@" ${redirections}`, BUILT],
  env: BUILT_ENV,
});

Deno.test("standard error that can't be written to doesn't end vncd", async () => {
  await buildVncd();
  for (const redirection of ["2>/dev/full", "2>&-", "2>&- <&-"]) {
    await using vncd = await RunningVncd.start(
      [...DEMO, "--log-level", "debug"],
      redirected(redirection),
    );
    assertEquals(await greeting(vncd.port), RFB_VERSION);
    assertEquals(await greeting(vncd.port), RFB_VERSION);
    assertEquals((await vncd.end()).code, 0, redirection);
  }
});

Deno.test("nor does standard output", async () => {
  await buildVncd();
  for (const redirection of [">/dev/full", ">&-", "| true", ">&- 2>&-"]) {
    const { code, stderr } = await runVncd(["--help"], redirected(redirection));
    assertEquals([code, stderr], [0, ""], redirection);
  }
});

Deno.test("an address that can't be listened at is named", async () => {
  const { code, stderr } = await runVncd([...DEMO, "--listen", "nothing.invalid"]);
  assertEquals(code, 1);
  assertMatch(stderr, /^vncd: can't listen at nothing\.invalid, port 0: .+\n$/);
});

Deno.test("a display named for the demo desktop is a warning", async () => {
  await using vncd = await RunningVncd.start([...DEMO, "--display", ":7"]);
  const { log } = await vncd.end();
  assertMatch(log, / warn +--desktop demo: no display is used\n/);
});
