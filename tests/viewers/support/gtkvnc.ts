import { join } from "node:path";
import { startXvfb, type Xvfb } from "../../support/xvfb.ts";
import { takeScreenshot } from "../../support/xwd.ts";
import { crop, type Picture, readPng } from "./picture.ts";
import { Program } from "./program.ts";
import { tempDir } from "./temp_dir.ts";
import { findWindow } from "./window.ts";

/**
 * Takes a screenshot with gtk-vnc's gvnccapture.
 * @param port The TCP port, which it wants counted from 5900.
 * @throws {Error} With what it said, when it is refused.
 */
export async function gvnccapture(port: number, password: string): Promise<Picture> {
  await using scratch = await tempDir();
  const file = join(scratch.path, "screen.png");
  // It asks for the password on a terminal and takes it from nowhere else; script is one.
  await using program = new Program("script", {
    args: ["-qec", `gvnccapture 127.0.0.1:${port - 5900} ${file}`, "/dev/null"],
  });
  await program.expect(/Password: /);
  await program.write(`${password}\n`);
  const shown = `Password: ${password}`;
  await program.expect(new RegExp(`Saved display to|${RegExp.escape(shown)}`));
  // What came before it turned the terminal's echo off is seen there, and lost.
  if (program.output.includes(shown)) await program.write(`${password}\n`);
  await program.expect(/Saved display to/);
  return await readPng(file);
}

/** gtk-vnc's viewer on a display of its own, which is larger than the shared one. */
export class GVncViewer implements AsyncDisposable {
  readonly #screen: Xvfb;
  readonly #resources: AsyncDisposableStack;

  private constructor(screen: Xvfb, resources: AsyncDisposableStack) {
    this.#screen = screen;
    this.#resources = resources;
  }

  /**
   * Starts the viewer; it may not have connected yet.
   * @param port The TCP port of a server that lets anybody in.
   */
  static async start(port: number): Promise<GVncViewer> {
    await using resources = new AsyncDisposableStack();
    // A home of its own, so that nobody's saved settings apply.
    const home = resources.use(await tempDir());
    const screen = resources.use(await startXvfb({ width: 1024, height: 768 }));
    // Out of the window's way: a pointer over it would move the one on the shared desktop.
    await screen.run("xdotool", ["mousemove", "1023", "767"]);
    resources.use(
      new Program("gvncviewer", {
        args: [`127.0.0.1:${port - 5900}`],
        env: { ...screen.env, HOME: home.path },
      }),
    );
    return new GVncViewer(screen, resources.move());
  }

  /**
   * What it shows of the desktop: the lower part of its window, behind the menu.
   * @param width The desktop's size.
   */
  async look(width: number, height: number): Promise<Picture> {
    const window = await findWindow(this.#screen, ["--name", " - GVncViewer$"]);
    const geometry = await this.#screen.run("xdotool", ["getwindowgeometry", "--shell", window]);
    const bottom = Number(geometry.match(/^HEIGHT=(\d+)$/m)?.[1]);
    return crop(await takeScreenshot(this.#screen), 0, bottom - height, width, height);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
