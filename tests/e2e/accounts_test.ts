// Accounts, guesses and secrets, through vncd's command line and TCP.

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type LoginName, LOGINS, outcome, type Secrets } from "../support/logins.ts";
import { connectViewer, type Ends, OWN_ADDRESS } from "../support/tcp_viewer.ts";
import type { RunningVncd } from "../support/vncd.ts";
import { VncdHome } from "../support/vncd_home.ts";

/** Ways that ask for a name where there are accounts. */
const WITH_NAMES = ["ra2_256", "ra2", "x509plain", "ra2ne_256", "ra2ne", "apple", "plain"] as const;
/** Ways that never do. */
const WITHOUT_NAMES = ["vnc", "tight"] as const;

/** Logs in and leaves: "in", or the reason why not. */
async function tryLogin(
  vncd: RunningVncd,
  way: LoginName,
  secrets: Secrets,
  ends?: Ends,
): Promise<string> {
  const viewer = await connectViewer(vncd.port, ends);
  try {
    return await outcome(viewer, LOGINS[way](secrets));
  } finally {
    viewer.close();
  }
}

/** A file that `vncd user` has written. */
class Users extends VncdHome {
  readonly file = `${this.path}/users`;

  async set(name: string, rights: string, password: string): Promise<void> {
    const args = ["user", name, rights, "--users", this.file];
    const { code, stderr } = await this.run(args, `${password}\n${password}\n`);
    assertEquals([code, stderr], [0, ""]);
  }

  async remove(name: string): Promise<void> {
    const { code } = await this.run(["user", name, "remove", "--users", this.file]);
    assertEquals(code, 0);
  }

  share(...args: readonly string[]): Promise<RunningVncd> {
    return this.start("--users", this.file, "--log-level", "debug", ...args);
  }
}

const ALICE = { name: "alice", password: "correct horse battery" };
const BOB = { name: "bob", password: "größe und höhe" };

Deno.test("accounts of vncd user come in by every security type that knows names", async () => {
  using users = new Users();
  await users.set(ALICE.name, "all", ALICE.password);
  await users.set(BOB.name, "view", BOB.password);
  await using vncd = await users.share();
  for (const way of WITH_NAMES) {
    assertEquals(await tryLogin(vncd, way, ALICE), "in", way);
    assertEquals(await tryLogin(vncd, way, BOB), "in", way);
    const wrong = { ...ALICE, password: "correct horse" };
    assertEquals(await tryLogin(vncd, way, wrong), "wrong name or password", way);
  }
  const stranger = { name: "mallory", password: ALICE.password };
  assertEquals(await tryLogin(vncd, "ra2_256", stranger), "wrong name or password");
  for (const way of WITHOUT_NAMES) {
    assert(await tryLogin(vncd, way, ALICE) !== "in", way);
  }
});

Deno.test("rights are those of the account", async () => {
  using users = new Users();
  await users.set(ALICE.name, "all", ALICE.password);
  await users.set(BOB.name, "view", BOB.password);
  await using vncd = await users.share();
  await tryLogin(vncd, "plain", ALICE);
  await vncd.logs("in control");
  await tryLogin(vncd, "plain", BOB);
  await vncd.logs("view only");
});

Deno.test("who is written to the users file, or taken out of it, while vncd runs", async () => {
  using users = new Users();
  await users.set(ALICE.name, "all", ALICE.password);
  await using vncd = await users.share();
  assertEquals(await tryLogin(vncd, "plain", BOB), "wrong name or password");
  await users.set(BOB.name, "all", BOB.password);
  assertEquals(await tryLogin(vncd, "plain", BOB), "in");
  await users.remove(ALICE.name);
  assertEquals(await tryLogin(vncd, "plain", ALICE), "wrong name or password");
});

Deno.test("a password beside accounts is for whoever tells no name", async () => {
  using users = new Users();
  await users.set(ALICE.name, "all", ALICE.password);
  const file = users.write("password", "open up\n");
  await using vncd = await users.share("--password-file", file);
  assertEquals(await tryLogin(vncd, "vnc", { password: "open up" }), "in");
  assertEquals(await tryLogin(vncd, "ra2_256", { password: "open up" }), "in");
  assertEquals(await tryLogin(vncd, "ra2_256", ALICE), "in");
  const mixed = { name: ALICE.name, password: "open up" };
  assertEquals(await tryLogin(vncd, "ra2_256", mixed), "wrong name or password");
});

Deno.test("a system user that isn't on the list stays out", async () => {
  using users = new Users();
  await using vncd = await users.start("--system-users", "ann,bob", "--log-level", "debug");
  assertMatch(vncd.banner, /Accounts +ann, bob, as on this system\n/);
  const root = { name: "root", password: "x" };
  assertEquals(await tryLogin(vncd, "plain", root), "wrong name or password");
});

Deno.test("a long password counts in full wherever the security type can tell all of it", async () => {
  using home = new VncdHome();
  const password = "open up, sesame";
  const file = home.write("password", `${password}\n`);
  await using vncd = await home.start("--password-file", file);
  const cut = { password: password.slice(0, 8) };
  for (const way of WITH_NAMES) {
    assertEquals(await tryLogin(vncd, way, cut), "wrong password", way);
    assertEquals(await tryLogin(vncd, way, { password }), "in", way);
  }
  for (const way of WITHOUT_NAMES) assertEquals(await tryLogin(vncd, way, cut), "in", way);
  assertMatch(vncd.banner, /A PASSWORD IS CUT: for vnc, the first 8 of its 15 bytes are enough/);
});

/** So many wrong passwords for one account lock out. */
const LIMIT = 6;
const LOCKED = /^too many failed attempts: try again in \d+ s$/;

async function guess(vncd: RunningVncd, way: LoginName, name: string, ends: Ends) {
  for (let i = 0; i < LIMIT; i++) {
    const reason = await tryLogin(vncd, way, { name, password: `guess ${i}` }, ends);
    assertMatch(reason, /^wrong (name or )?password$/);
  }
}

/** From this machine, but with another address than it is reached at: like somebody elsewhere. */
const ELSEWHERE = { from: OWN_ADDRESS };

Deno.test({
  name: "guesses lock out the address that they come from, and nobody else",
  ignore: OWN_ADDRESS === undefined,
  async fn(t) {
    using users = new Users();
    await users.set(ALICE.name, "all", ALICE.password);
    await users.set(BOB.name, "all", BOB.password);
    const file = users.write("password", "open up\n");
    await using byName = await users.share();
    await using byPassword = await users.start("--password-file", file, "--security", "vnc");
    await Promise.all([
      guess(byName, "ra2_256", ALICE.name, ELSEWHERE),
      guess(byPassword, "vnc", "", ELSEWHERE),
    ]);

    await t.step(
      "the account is locked for that address, with the right password too",
      async () => {
        assertMatch(await tryLogin(byName, "ra2_256", ALICE, ELSEWHERE), LOCKED);
        assertMatch(await tryLogin(byName, "x509plain", ALICE, ELSEWHERE), LOCKED);
      },
    );
    await t.step("another account isn't, nor is the account for another address", async () => {
      assertEquals(await tryLogin(byName, "ra2_256", BOB, ELSEWHERE), "in");
      assertEquals(await tryLogin(byName, "ra2_256", ALICE), "in");
    });
    await t.step(
      "where there are no names, it is told before a password is asked for",
      async () => {
        const viewer = await connectViewer(byPassword.port, ELSEWHERE);
        let asked = false;
        const login = { securityType: 2, authenticate: () => Promise.resolve(void (asked = true)) };
        assertMatch(await outcome(viewer, login), LOCKED);
        viewer.close();
        assertEquals(asked, false);
        assertEquals(await tryLogin(byPassword, "vnc", { password: "open up" }), "in");
      },
    );
    await t.step("the log names address and account, and no password", async () => {
      const { log } = await byName.end();
      const failed = new RegExp(
        `warn +${OWN_ADDRESS}:\\d+: wrong name or password for the account "alice"\n`,
        "g",
      );
      assertEquals(log.match(failed)?.length, LIMIT, log);
      assertMatch(log, new RegExp(`warn +${OWN_ADDRESS}:\\d+: refused: too many failed attempts`));
      assert(!log.includes("guess ") && !log.includes(ALICE.password));
    });
  },
});

Deno.test("health checks lock out nobody", async () => {
  using home = new VncdHome();
  const file = home.write("password", "open up\n");
  await using vncd = await home.start("--password-file", file, "--log-level", "debug");
  const places = [{}, ...OWN_ADDRESS === undefined ? [] : [ELSEWHERE]];
  for (const ends of places) {
    // As many as may connect in one go.
    for (let i = 0; i < 60; i++) {
      const viewer = await connectViewer(vncd.port, ends);
      // Some only connect, some look whether it is VNC, some at what it offers.
      if (i % 3 > 0) await viewer.read(12);
      if (i % 3 > 1) await viewer.send([...new TextEncoder().encode("RFB 003.008\n")]);
      viewer.close();
    }
    assertEquals(await tryLogin(vncd, "vnc", { password: "open up" }, ends), "in");
  }
});

/** Runs of characters that could be a key, in hexadecimal or base64. */
const KEY_LIKE = /[0-9a-f]{20,}|[A-Za-z0-9+]{30,}/gi;

const TELL_SURROUNDINGS = `tr '\\0' '\\n' </proc/$$/environ; tr '\\0' ' ' </proc/$PPID/cmdline`;

async function surroundings(pid: number): Promise<string> {
  const { stdout } = await new Deno.Command("cat", {
    args: [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`],
  }).output();
  return new TextDecoder().decode(stdout);
}

Deno.test("nothing that vncd prints, logs, or starts its command with holds a secret", async () => {
  using users = new Users();
  await users.set(ALICE.name, "all", ALICE.password);
  const file = users.write("password", "open up, sesame\nlook on\n");
  const wrong = "wr0ng-passw0rd";
  users.env.XDG_STATE_HOME = `${users.path}/state`;
  await using vncd = await users.share(
    ...["--password-file", file, "--accept", TELL_SURROUNDINGS],
  );
  const reasons: string[] = [];
  for (const way of Object.keys(LOGINS) as LoginName[]) {
    const secrets = way in { vnc: 1, tight: 1 } ? { password: "open up, sesame" } : ALICE;
    if (way === "x509vnc") continue;
    reasons.push(await tryLogin(vncd, way, { ...secrets, password: wrong }));
    assertEquals(await tryLogin(vncd, way, secrets), "in", way);
  }
  await vncd.logs("VNCD_ACCESS=control");
  const around = await surroundings(vncd.pid);
  const { log } = await vncd.end();
  assertStringIncludes(log, `--password-file ${file}`);

  const logged = [log, around, ...reasons].join("\n");
  const printed = vncd.banner + logged;
  const keys = ["rsa_key.pem", "certificate_key.pem"].map((name) =>
    Deno.readTextFileSync(`${users.path}/state/vncd/${name}`).split("\n")[1]!
  );
  const hash = Deno.readTextFileSync(users.file).split("$").at(-1)!.trim();
  const inHex = (text: string) => new TextEncoder().encode(text).toHex();
  const passwords = [ALICE.password, "open up", "look on", wrong];
  for (const secret of [...passwords, ...passwords.map(inHex), ...keys, hash]) {
    assertEquals(printed.toLowerCase().includes(secret.toLowerCase()), false, secret);
  }
  // The folder that the program unpacked itself into is named by a hash of it.
  const paths = new RegExp(`${users.path}|/[0-9a-f]{64}`, "g");
  assertEquals(logged.replace(paths, "").match(KEY_LIKE), null);
});
