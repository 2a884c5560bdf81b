// Security through vncd's command line, with a real X server and real viewers.

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { LOGINS, outcome } from "../support/logins.ts";
import { connectViewer } from "../support/tcp_viewer.ts";
import { until } from "../support/until.ts";
import type { RunningVncd } from "../support/vncd.ts";
import { VncdHome } from "../support/vncd_home.ts";
import { startXvfb, type Xvfb } from "../support/xvfb.ts";
import { copy, paste } from "./support/clipboard.ts";
import { TigerVnc } from "./support/tigervnc.ts";
import { findWindow } from "./support/window.ts";

const ALICE = { name: "alice", password: "correct horse battery" };
const BOB = { name: "bob", password: "größe und höhe" };
const PROMPT = "vncd: let this viewer in";

/** A home with accounts and keys of its own. */
class Home extends VncdHome {
  override readonly env: Record<string, string> = {
    HOME: this.path,
    XDG_STATE_HOME: `${this.path}/state`,
  };
  readonly users = `${this.path}/users`;
  readonly certificate = `${this.path}/state/vncd/certificate.pem`;

  async addUser(name: string, rights: string, password: string): Promise<void> {
    const args = ["user", name, rights, "--users", this.users];
    assertEquals((await this.run(args, `${password}\n${password}\n`)).code, 0);
  }

  share(desk: Xvfb, ...args: readonly string[]): Promise<RunningVncd> {
    const on = ["--desktop", "x11", "--display", desk.display, "--log-level", "debug"];
    return this.start(...on, ...args);
  }
}

Deno.test("TigerVNC's viewer comes in with an account by X509Plain, or is told why not", async () => {
  using home = new Home();
  await home.addUser(ALICE.name, "all", ALICE.password);
  await using desk = await startXvfb();
  await using vncd = await home.share(desk, "--users", home.users);
  const options = {
    port: vncd.port,
    security: "X509Plain",
    username: ALICE.name,
    args: [`-X509CA=${home.certificate}`, "-Log=*:stderr:100"],
  };
  await using viewer = await TigerVnc.start({ ...options, password: ALICE.password });
  await viewer.window();
  await vncd.logs("in control");
  await using refused = await TigerVnc.start({ ...options, password: "correct horse" });
  await refused.program.ended();
  assertStringIncludes(refused.program.output, "Authentication failure: wrong name or password");
});

const pointer = async (desk: Xvfb): Promise<string> =>
  (await desk.run("xdotool", ["getmouselocation"])).match(/x:\d+ y:\d+/)![0];

Deno.test("who may only view moves nothing, copies nothing, and gets nothing that is copied", async () => {
  using home = new Home();
  await home.addUser(ALICE.name, "all", ALICE.password);
  await home.addUser(BOB.name, "view", BOB.password);
  await using desk = await startXvfb();
  await desk.run("xdotool", ["mousemove", "5", "5"]);
  await using vncd = await home.share(desk, "--users", home.users);
  const [alice, bob] = [await connectViewer(vncd.port), await connectViewer(vncd.port)];
  assertEquals(await outcome(alice, LOGINS.ra2_256(ALICE)), "in");
  assertEquals(await outcome(bob, LOGINS.ra2_256(BOB)), "in");

  await bob.pointer(100, 100, 0);
  await bob.cutText("from bob");
  await bob.request(false);
  await bob.update();
  assertEquals(await pointer(desk), "x:5 y:5");

  await alice.cutText("from alice");
  const copied = await until("a text on the desktop", async () => await paste(desk) || undefined);
  assertEquals(copied, "from alice");
  await alice.pointer(200, 150, 0);
  await until("alice's pointer", async () => (await pointer(desk)) === "x:200 y:150" || undefined);

  await using _owner = await copy(desk, "from the desktop");
  assertEquals(await alice.event(), { type: "cutText", text: "from the desktop" });
  await bob.request(false);
  await bob.update();
  assertEquals(bob.events, []);
  alice.close();
  bob.close();
});

/** Clicks at a place in the prompt until it counts as an answer. */
async function click(desk: Xvfb, vncd: RunningVncd, x: number, answer: string): Promise<void> {
  const answered = vncd.logs(`the answer is ${answer}`).then(() => true as const);
  await until("the click counts", async () => {
    const window = await findWindow(desk, ["--name", PROMPT]).catch(() => undefined);
    if (window !== undefined) {
      const at = ["mousemove", "--window", window, `${x}`, "146", "click", "1"];
      await desk.run("xdotool", at).catch(() => {});
    }
    const later = new Promise<void>((resolve) => setTimeout(resolve, 100));
    return await Promise.race([answered, later]) ?? undefined;
  });
}

/** Where the prompt's buttons are. */
const BUTTONS: readonly [number, string, string][] = [
  [80, "accept", "in"],
  [370, "refuse", "not let in"],
];

for (const [x, answer, expected] of BUTTONS) {
  Deno.test(`--accept ask: who clicks there answers ${answer}`, async () => {
    using home = new Home();
    const file = home.write("password", "open up\n");
    await using desk = await startXvfb();
    const args = ["--password-file", file, "--security", "vnc", "--accept", "ask"];
    await using vncd = await home.share(desk, ...args);
    const viewer = await connectViewer(vncd.port);
    const coming = outcome(viewer, LOGINS.vnc({ password: "open up" }));
    await click(desk, vncd, x, answer);
    assertEquals(await coming, expected);
    viewer.close();
  });
}

/** Permissions of the System V segments that a process has made, in octal; 1000: marked removed. */
async function segments(pid: number): Promise<string[]> {
  const { stdout } = await new Deno.Command("cat", { args: ["/proc/sysvipc/shm"] }).output();
  const rows = new TextDecoder().decode(stdout).trim().split("\n").slice(1);
  return rows.map((row) => row.trim().split(/\s+/))
    .filter(([, , , , creator]) => Number(creator) === pid)
    .map(([, , permissions]) => permissions!);
}

Deno.test("the picture's shared memory is the owner's alone, and doesn't outlive a killed vncd", async () => {
  using home = new Home();
  await using desk = await startXvfb();
  await using vncd = await home.share(desk, "--security", "none");
  const viewer = await connectViewer(vncd.port);
  assertEquals(await outcome(viewer, {}), "in");
  await viewer.request(false);
  await viewer.update();
  const found = await segments(vncd.pid);
  assert(found.length > 0);
  assertEquals(found.filter((permissions) => permissions !== "1600"), []);
  await vncd.end("SIGKILL");
  await until("they are gone", async () => (await segments(vncd.pid)).length === 0 || undefined);
  viewer.close();
});
