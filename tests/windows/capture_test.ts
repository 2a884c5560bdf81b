import { assertEquals } from "@std/assert";
import { join } from "node:path";
import type { Screen } from "../../src/desktop/desktop.ts";
import { until } from "../support/until.ts";
import { bundle } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows, type Windows } from "../support/wine/windows.ts";
import { takeScreenshot } from "../support/xwd.ts";

/** What the program inside says of the screen that it shows. */
interface Shot {
  readonly width: number;
  readonly height: number;
  readonly screens: readonly Screen[];
  readonly resizes: number;
}

/** The program that watches the desktop inside, and how to have it do something. */
class ShownDesktop implements AsyncDisposable {
  readonly #windows: Windows;
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #reader: ReadableStreamDefaultReader<string>;
  #said = "";

  private constructor(windows: Windows, child: Deno.ChildProcess) {
    this.#windows = windows;
    this.#child = child;
    this.#writer = child.stdin.getWriter();
    this.#reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  static async start(windows: Windows): Promise<ShownDesktop> {
    await bundle("tests/windows/inside/shown_desktop.ts", join(windows.folder, "shown.js"));
    const args = [DENO_EXE, "run", "-A", "--no-check", "--no-config", "Z:\\tmp\\shown.js"];
    return new ShownDesktop(windows, windows.spawn(args, { stdin: "piped", stdout: "piped" }));
  }

  /** Gives a command, and returns what it's answered. */
  async do(command: string): Promise<unknown> {
    await this.#writer.write(new TextEncoder().encode(command + "\n"));
    while (!this.#said.includes("\n")) {
      const { value, done } = await this.#reader.read();
      if (done) throw new Error("the program has ended");
      this.#said += value;
    }
    const [line, ...rest] = this.#said.split("\n");
    this.#said = rest.join("\n");
    return JSON.parse(line!);
  }

  /** Waits until the desktop inside is what X's screen shows; that's as large, or larger. */
  async sameAsX(): Promise<Shot> {
    let shot: Shot;
    let differences: number | undefined;
    await until("the pixels that X shows", async () => {
      const before = await takeScreenshot(this.#windows.server);
      shot = await this.do("shot") as Shot;
      const file = await Deno.readFile(join(this.#windows.folder, "shot"));
      const pixels = new Uint32Array(file.buffer);
      differences = 0;
      for (let i = 0; i < pixels.length; i++) {
        const at = Math.floor(i / shot.width) * before.width + i % shot.width;
        if (((pixels[i]! ^ before.pixels[at]!) & 0xffffff) !== 0) differences++;
      }
      return differences === 0 || undefined;
    }).catch((error) => {
      throw new Error(`${differences} pixels differ`, { cause: error });
    });
    return shot!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close();
    await this.#reader.cancel();
    await this.#child.status;
  }
}

Deno.test("windows: every pixel is what X shows of the desktop, still, changed and of another size", async () => {
  await using windows = await startWindows();
  windows.spawn(["notepad"]);
  await using desktop = await ShownDesktop.start(windows);
  await desktop.do("paint 12639424");
  const { width, height, screens } = await desktop.sameAsX();
  assertEquals(screens, [{ id: 1, x: 0, y: 0, width, height }]);
  for (let colour = 0; colour < 5; colour++) {
    await desktop.do(`paint ${255 << 4 * colour}`);
    await desktop.sameAsX();
  }
  await windows.server.run("xdotool", ["type", "--delay", "5", "Hello, pixels"]);
  await desktop.sameAsX();
  assertEquals(await desktop.do("resize 800 600"), 0);
  await until(
    "the new size",
    async () => (await desktop.do("shot") as Shot).width === 800 || undefined,
  );
  const { resizes, ...smaller } = await desktop.sameAsX();
  assertEquals(resizes, 1);
  assertEquals(smaller, {
    ...{ width: 800, height: 600 },
    screens: [{ id: 1, x: 0, y: 0, width: 800, height: 600 }],
  });
  await desktop.do("paint 65280");
  await desktop.sameAsX();
});
