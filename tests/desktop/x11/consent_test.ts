import { assert, assertEquals } from "@std/assert";
import { openX11Desktop, type X11Desktop } from "../../../src/desktop/x11/x11_desktop.ts";
import { askAtDesktop } from "../../../src/server/consent/at_desktop.ts";
import type { ServerOptions } from "../../../src/server/server.ts";
import { TcpConnection } from "../../../src/server/tcp_connection.ts";
import { Session } from "../../support/session.ts";
import { TestViewer } from "../../support/test_viewer.ts";
import { startXvfb, type Xvfb } from "../../support/xvfb.ts";
import { until } from "../recorder.ts";
import { recordingLogger } from "./rig.ts";

const NAME = "vncd: let this viewer in";
/** When clicks on the prompt count. */
const CALM = 1000;

/** vncd on a real screen that asks there before anybody comes in. */
class Desk implements AsyncDisposable {
  readonly session: Session<X11Desktop>;
  readonly port: number;

  private constructor(readonly server: Xvfb, options: Partial<ServerOptions>) {
    const desktop = openX11Desktop({ display: server.display, log: recordingLogger([]) });
    this.session = new Session<X11Desktop>(
      {
        consent: askAtDesktop({ ask: (...args) => this.session.host.ask(...args) }),
        ...options,
      },
      desktop,
    );
    this.port = this.session.server.listen("127.0.0.1", 0)[0]!.port;
  }

  static async start(options: Partial<ServerOptions> = {}): Promise<Desk> {
    return new Desk(await startXvfb(), options);
  }

  async connect(): Promise<TestViewer> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
    return new TestViewer(new TcpConnection(conn));
  }

  /** The prompts on the screen. */
  async prompts(): Promise<string[]> {
    const found = await this.server.run("xdotool", ["search", "--onlyvisible", "--name", NAME])
      .catch(() => "");
    return found.split("\n").filter((line) => line !== "");
  }

  /** Waits for the prompt. */
  async prompt(): Promise<string> {
    let window: string | undefined;
    await until("the prompt", async () => {
      [window] = await this.prompts();
      return window !== undefined;
    });
    return window!;
  }

  /** Clicks on the prompt until that counts as an answer. */
  async click(x: number): Promise<void> {
    const answers = () => this.session.log.filter((line) => line.includes("the answer is")).length;
    const before = answers();
    const window = await this.prompt();
    await until("the click counts", async () => {
      await this.server.run("xdotool", [
        ...["mousemove", "--window", window, `${x}`, "146", "click", "1"],
      ]).catch(() => {});
      return answers() > before;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session[Symbol.asyncDispose]();
    await this.server.stop();
  }
}

const outcome = (viewer: TestViewer): Promise<string> =>
  viewer.login().then(() => "in", (error: Error) => error.message);

Deno.test("x11 consent: two viewers at once are asked about one after the other", async () => {
  await using desk = await Desk.start();
  const [first, second] = [await desk.connect(), await desk.connect()];
  const outcomes = [outcome(first), outcome(second)];
  const asked = performance.now();
  await desk.prompt();
  assertEquals((await desk.prompts()).length, 1);
  await desk.click(80);
  assert(performance.now() - asked >= CALM, "it was answered by a click that came too early");
  assertEquals(await Promise.any(outcomes), "in");
  await desk.click(370);
  assertEquals((await Promise.all(outcomes)).toSorted(), ["in", "not let in"]);
  first.close();
  second.close();
});

Deno.test("x11 consent: who is in sees the prompt for the next one, and goes on", async () => {
  await using desk = await Desk.start();
  const inside = await desk.connect();
  const entering = outcome(inside);
  await desk.click(80);
  assertEquals(await entering, "in");
  const visitor = await desk.connect();
  const waiting = outcome(visitor);
  // In the middle of 640x480: the ground of the prompt's heading.
  await inside.follow(() => inside.picture.pixels[150 * 640 + 95] === 0x35526b);
  await inside.key(0x61, true);
  await inside.key(0x61, false);
  await desk.server.run("xsetroot", ["-solid", "#123456"]);
  await inside.follow(() => inside.picture.pixels[0] === 0x123456);
  visitor.close();
  await inside.follow(() => inside.picture.pixels[150 * 640 + 95] === 0x123456);
  assert((await waiting) !== "in");
  inside.close();
});

Deno.test("x11 consent: without an answer the prompt goes, and the viewer is told", async () => {
  await using desk = await Desk.start({ consentTime: 700 });
  const viewer = await desk.connect();
  assertEquals(await outcome(viewer), "nobody has answered");
  await until("it is gone", async () => (await desk.prompts()).length === 0);
  viewer.close();
});

Deno.test("x11 consent: the X server's end refuses", async () => {
  await using desk = await Desk.start();
  const viewer = await desk.connect();
  const waiting = outcome(viewer);
  await desk.prompt();
  await desk.server.crash();
  assertEquals(await waiting, "not let in");
  viewer.close();
});
