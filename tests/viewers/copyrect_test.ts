import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { assertSees } from "./support/sees.ts";
import { startServer } from "./support/server.ts";
import { restingScreenshot } from "./support/screenshot.ts";
import { tempDir } from "./support/temp_dir.ts";
import { until } from "../support/until.ts";
import { compileVncget, Vncget } from "./support/vncget.ts";
import { findWindow } from "./support/window.ts";
import { startXvfb, type Xvfb } from "../support/xvfb.ts";

const COPY_RECT = 1;
const RETURN = 0xff0d;
const CONTROL = 0xffe3;
const C = 0x63;

Deno.test("libvncclient copies what the demo desktop scrolls, and stays exact", async () => {
  await using vncget = await compileVncget();
  await using server = await startServer({});
  const options = { port: server.port, encodings: "copyrect zrle" };
  await using viewer = await Vncget.start(vncget, options);
  for (let line = 0; line < 60; line++) {
    for (const character of `line ${line}`) await viewer.key(character.codePointAt(0)!);
    await viewer.key(RETURN);
    // Ctrl+C copies the note; its text comes back when all keys have been handled.
    const start = viewer.program.output.length;
    await viewer.program.write(`key ${CONTROL} 1\nkey ${C} 1\nkey ${C} 0\nkey ${CONTROL} 0\n`);
    await viewer.program.expect(/^cut /m, start);
  }
  // What the first viewer has must be what another one is sent as pixels.
  await using fresh = await Vncget.start(vncget, { ...options, encodings: "raw" });
  const drawn = async () => await fresh.encodings().then((used) => used.includes(0));
  await until("another viewer's picture", async () => await drawn() || undefined);
  await assertSees(() => viewer.look(), () => fresh.look());
  const used = await viewer.encodings();
  assert(used.includes(COPY_RECT), `${used}`);
});

/** An X display with a terminal on it that shows the end of a file. */
class Terminal implements AsyncDisposable {
  #lines = 0;

  private constructor(
    readonly desk: Xvfb,
    readonly window: string,
    readonly file: string,
    readonly resources: AsyncDisposableStack,
  ) {}

  static async open(): Promise<Terminal> {
    await using resources = new AsyncDisposableStack();
    const file = join(resources.use(await tempDir()).path, "log");
    await Deno.writeTextFile(file, "");
    const desk = resources.use(await startXvfb({ width: 800, height: 600 }));
    await desk.run("xsetroot", ["-mod", "16", "16", "-fg", "#204060", "-bg", "#305070"]);
    desk.spawn("xterm", [
      ...["-name", "log", "-geometry", "80x30+90+60", "-b", "3", "-fa", "DejaVu Sans Mono"],
      ...["-fs", "10", "-e", "tail", "-n", "+1", "-f", file],
    ]);
    const window = await findWindow(desk, ["--classname", "^log$"]);
    return new Terminal(desk, window, file, resources.move());
  }

  /** Prints lines, none like another, and waits until they can be seen. */
  async print(count: number): Promise<void> {
    const lines = Array.from({ length: count }, () => {
      const n = this.#lines++;
      return `line ${n}: ${(n * 7919).toString(2)} is ${n * 7919} \x1b[3${
        1 + n % 6
      }mbrown fox\x1b[m\n`;
    });
    const title = `shown ${this.#lines}`;
    await Deno.writeTextFile(this.file, `${lines.join("")}\x1b]2;${title}\x07`, { append: true });
    await findWindow(this.desk, ["--name", title]);
  }

  async moveTo(x: number, y: number): Promise<void> {
    await this.desk.run("xdotool", ["windowmove", "--sync", this.window, String(x), String(y)]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.resources.disposeAsync();
  }
}

/**
 * Does one thing after the other while two viewers watch, one of them without CopyRect.
 * @returns What has come of it to both.
 */
async function watch(terminal: Terminal, steps: readonly (() => Promise<void>)[]) {
  await using vncget = await compileVncget();
  await using server = await startServer({ display: terminal.desk.display });
  const start = (encodings: string) => Vncget.start(vncget, { port: server.port, encodings });
  await using copying = await start("copyrect zrle");
  await using plain = await start("zrle");
  const bothSee = async () => {
    const shown = () => restingScreenshot(terminal.desk);
    for (const viewer of [copying, plain]) await assertSees(() => viewer.look(), shown);
  };
  await bothSee();
  const before = await Promise.all([copying.traffic(), plain.traffic()]);
  for (const step of steps) {
    await step();
    await bothSee();
  }
  const after = await Promise.all([copying.traffic(), plain.traffic()]);
  return {
    copies: after[0].copies - before[0].copies,
    bytes: after[0].bytes - before[0].bytes,
    copiesWithout: after[1].copies,
    bytesWithout: after[1].bytes - before[1].bytes,
  };
}

Deno.test("a terminal that scrolls on an X display is copied, exactly", async () => {
  await using terminal = await Terminal.open();
  await terminal.print(60);
  const steps = [1, 1, 3, 2, 7, 1, 4, 1].map((count) => () => terminal.print(count));
  const { copies, bytes, copiesWithout, bytesWithout } = await watch(terminal, steps);
  assertEquals(copiesWithout, 0);
  assert(copies >= steps.length, `${copies} copies`);
  assert(bytes * 3 < bytesWithout, `${bytes} bytes, ${bytesWithout} without copies`);
});

Deno.test("a window that moves on an X display is copied, exactly", async () => {
  await using terminal = await Terminal.open();
  await terminal.print(60);
  const places = [[97, 63], [140, 20], [141, 90], [30, 90], [33, 95]] as const;
  const steps = places.map(([x, y]) => () => terminal.moveTo(x, y));
  const { copies, bytes, copiesWithout, bytesWithout } = await watch(terminal, steps);
  assertEquals(copiesWithout, 0);
  assert(copies >= steps.length, `${copies} copies`);
  assert(bytes * 10 < bytesWithout, `${bytes} bytes, ${bytesWithout} without copies`);
});
