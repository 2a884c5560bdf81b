import { AssertionError } from "@std/assert";
import { join } from "node:path";
import { until } from "../../support/until.ts";
import type { Xvfb } from "../../support/xvfb.ts";
import { tempDir } from "./temp_dir.ts";
import { findWindow } from "./window.ts";

/** An xterm with the keyboard's focus, which writes what is typed into a file. */
export class Typewriter implements AsyncDisposable {
  readonly #file: string;
  readonly #kept: AsyncDisposable;

  private constructor(file: string, kept: AsyncDisposable) {
    this.#file = file;
    this.#kept = kept;
  }

  /**
   * Opens it on a display, whose end is its own.
   * @param mode Whether it writes whole lines, or each key at once and as it is: Ctrl+C is `\x03`.
   */
  static async open(desk: Xvfb, mode: "lines" | "keys" = "lines"): Promise<Typewriter> {
    await using stack = new AsyncDisposableStack();
    const file = join(stack.use(await tempDir()).path, "typed");
    const write = `touch ${file}; exec cat >> ${file}`;
    const command = mode === "keys" ? `stty raw -echo; ${write}` : write;
    desk.spawn("xterm", ["-u8", "-name", "typewriter", "-e", "sh", "-c", command]);
    const window = await findWindow(desk, ["--classname", "^typewriter$"]);
    await desk.run("xdotool", ["windowfocus", "--sync", window]);
    const typewriter = new Typewriter(file, stack.move());
    await until("the terminal listens", async () => await typewriter.#read());
    return typewriter;
  }

  /** Fails unless this, and nothing else, comes to be typed; what comes next counts anew. */
  async assertTyped(text: string): Promise<void> {
    let found: string | undefined;
    await until("it is typed", async () => {
      found = await this.#read();
      return found === text || undefined;
    }).catch((error: Error) => {
      throw new AssertionError(
        `${error.message}: ${JSON.stringify(text)}; ${JSON.stringify(found)} is`,
      );
    });
    await Deno.truncate(this.#file);
  }

  #read(): Promise<string | undefined> {
    return Deno.readTextFile(this.#file).catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#kept[Symbol.asyncDispose]();
  }
}
