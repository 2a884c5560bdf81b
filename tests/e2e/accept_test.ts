// `--accept` through vncd's command line; what asks at a screen is in tests/viewers.

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { LOGINS, outcome, type Secrets } from "../support/logins.ts";
import { connectViewer } from "../support/tcp_viewer.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { until } from "../support/until.ts";
import type { RunningVncd } from "../support/vncd.ts";
import { VncdHome } from "../support/vncd_home.ts";

const PASSWORD = "open up";

/** A home with a password file, and a vncd in it that asks a command. */
class Asked extends VncdHome {
  readonly #passwordFile = this.write("password", `${PASSWORD}\n`);

  accept(command: string, ...args: readonly string[]): Promise<RunningVncd> {
    const basis = ["--password-file", this.#passwordFile, "--log-level", "debug"];
    return this.start(...basis, "--accept", command, ...args);
  }

  has(name: string): true | undefined {
    try {
      Deno.statSync(`${this.path}/${name}`);
      return true;
    } catch {
      return undefined;
    }
  }
}

/** Logs in, and stays where it is let in. */
async function come(
  vncd: RunningVncd,
  secrets: Secrets = { password: PASSWORD },
): Promise<{ viewer: TestViewer; end: string }> {
  const viewer = await connectViewer(vncd.port);
  const end = await outcome(viewer, LOGINS.plain(secrets));
  if (end !== "in") viewer.close();
  return { viewer, end };
}

Deno.test("the command's exit code lets in, lets watch, or refuses", async () => {
  const answers: [string, string, string][] = [
    ["exit 0", "in", "in control"],
    ["exit 3", "in", "view only"],
    ["exit 1", "not let in", "refused: not let in"],
    ["no-such-command", "not let in", "refused: not let in"],
    ["kill -9 $$", "not let in", "refused: not let in"],
  ];
  for (const [command, expected, logged] of answers) {
    using home = new Asked();
    await using vncd = await home.accept(command);
    const { viewer, end } = await come(vncd);
    assertEquals(end, expected, command);
    await vncd.logs(logged);
    viewer.close();
  }
});

Deno.test("the command isn't asked about who has a wrong password", async () => {
  using home = new Asked();
  await using vncd = await home.accept(`touch '${home.path}/asked'`);
  assertEquals((await come(vncd, { password: "open sesame" })).end, "wrong password");
  assertEquals(home.has("asked"), undefined);
  const { viewer, end } = await come(vncd);
  assertEquals([end, home.has("asked")], ["in", true]);
  viewer.close();
});

Deno.test("the command learns who it is about from its environment alone", async () => {
  using home = new Asked();
  const name = "$(touch oops); `id`";
  const users = `${home.path}/users`;
  const { code } = await home.run(["user", name, "view", "--users", users], "secret12\nsecret12\n");
  assertEquals(code, 0);
  const show = `echo "$VNCD_PEER|$VNCD_ADDRESS|$VNCD_USER|$VNCD_ACCESS" >'${home.path}/said'`;
  await using vncd = await home.accept(show, "--users", users);
  const { viewer, end } = await come(vncd, { name, password: "secret12" });
  assertEquals(end, "in");
  viewer.close();
  const said = Deno.readTextFileSync(`${home.path}/said`);
  const [peer, ...rest] = said.trim().split("|");
  assertMatch(peer!, /^127\.0\.0\.1:\d+$/);
  assertEquals(rest, ["127.0.0.1", name, "view"]);
});

Deno.test("who is in goes on while a command takes its time about another, who may go", async () => {
  using home = new Asked();
  const wait = `test -e '${home.path}/first' || exec touch '${home.path}/first'
    touch '${home.path}/waits'
    echo $$ >'${home.path}/pid'
    until test -e '${home.path}/go'; do sleep 0.02; done`;
  await using vncd = await home.accept(wait);
  const inside = await come(vncd);
  assertEquals(inside.end, "in");
  const coming = come(vncd);
  await until("the command waits", () => home.has("waits"));
  await inside.viewer.setEncodings(0);
  for (let i = 0; i < 3; i++) {
    await inside.viewer.request(false);
    assert((await inside.viewer.update()).rects.length > 0);
  }
  Deno.writeTextFileSync(`${home.path}/go`, "");
  const { viewer, end } = await coming;
  assertEquals(end, "in");
  viewer.close();
  inside.viewer.close();
});

Deno.test("a viewer that goes before the answer ends its command", async () => {
  using home = new Asked();
  await using vncd = await home.accept("echo waiting as $$; sleep 1000");
  const viewer = await connectViewer(vncd.port);
  const coming = outcome(viewer, LOGINS.vnc({ password: PASSWORD }));
  await vncd.logs("waiting as ");
  viewer.close();
  await coming;
  await vncd.logs("left before it was let in");
  const { log } = await vncd.end();
  const [, pid] = log.match(/waiting as (\d+)/)!;
  await until("the command has ended", async () => {
    const probe = new Deno.Command("/bin/sh", { args: ["-c", `kill -0 -${pid}`], stderr: "null" });
    return (await probe.output()).success ? undefined : true;
  });
});

Deno.test("the demo desktop has nobody to ask", async () => {
  using home = new VncdHome();
  const args = ["--desktop", "demo", "--port", "0", "--accept", "ask"];
  const { code, stdout, stderr } = await home.run(args);
  assertEquals([code, stdout], [1, ""]);
  assertStringIncludes(stderr, "vncd: --accept ask: there is nobody to ask at the demo desktop\n");
});
