import { startXvfb, type Xvfb } from "../../support/xvfb.ts";
import { takeScreenshot } from "../../support/xwd.ts";
import { crop, type Picture } from "./picture.ts";
import { Program } from "./program.ts";
import { tempDir } from "./temp_dir.ts";
import { findWindow } from "./window.ts";

/** The titles of the dialogs that ask whether it is the right server: by its certificate, or its key. */
export const UNKNOWN_ISSUER = "Unknown certificate issuer";
export const SERVER_KEY = "Server key fingerprint";

/** How {@linkcode TigerVnc.start} connects. */
export interface TigerVncOptions {
  readonly port: number;
  /** For the types that ask for a name; it takes a password, too. */
  readonly username?: string;
  readonly password?: string;
  /** Names of security types as in its option `SecurityTypes`, or "default"; the plain ones when left out. */
  readonly security?: string;
  /** The folder for what it remembers; a new one when left out, so that nobody's settings apply. */
  readonly home?: string;
  /** What starts it; the system's own when left out. */
  readonly command?: readonly [string, ...string[]];
  /** A library that it loads before its own. */
  readonly preload?: string;
  /** Further options of vncviewer, such as `-PreferredEncoding=ZRLE`. */
  readonly args?: readonly string[];
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** TigerVNC's viewer on a display of its own, which is larger than the shared one. */
export class TigerVnc implements AsyncDisposable {
  readonly screen: Xvfb;
  readonly program: Program;
  readonly #resources: AsyncDisposableStack;
  #place: Place | undefined;

  private constructor(screen: Xvfb, program: Program, resources: AsyncDisposableStack) {
    this.screen = screen;
    this.program = program;
    this.#resources = resources;
  }

  /** Starts the viewer; it may not have connected yet. */
  static async start(options: TigerVncOptions): Promise<TigerVnc> {
    const { port, username, password, preload, args = [] } = options;
    const { security = "VncAuth,None", command: [path, ...first] = ["xtigervncviewer"] } = options;
    await using resources = new AsyncDisposableStack();
    const home = options.home ?? resources.use(await tempDir()).path;
    const screen = resources.use(await startXvfb({ width: 1024, height: 768 }));
    // Out of the window's way: a pointer over it would move the one on the shared desktop.
    await screen.run("xdotool", ["mousemove", "1023", "767"]);
    const program = resources.use(
      new Program(path, {
        args: [
          ...[...first, `127.0.0.1::${port}`],
          ...["-Shared", "-RemoteResize=0"],
          ...security === "default" ? [] : [`-SecurityTypes=${security}`],
          // No dialogs on errors, and no hint about the menu key over the picture.
          ...["-ReconnectOnError=0", "-AlertOnFatalError=0", "-MenuKey=", ...args],
        ],
        env: {
          ...screen.env,
          HOME: home,
          ...username === undefined ? {} : { VNC_USERNAME: username },
          ...password === undefined ? {} : { VNC_PASSWORD: password },
          ...preload === undefined ? {} : { LD_PRELOAD: preload },
        },
      }),
    );
    return new TigerVnc(screen, program, resources.move());
  }

  /** The id of the window that shows the desktop, once it is there. */
  async window(): Promise<string> {
    await this.program.expect(/Using pixel format/);
    return await findWindow(this.screen, ["--name", " - TigerVNC$"]);
  }

  /** The id of a dialog's window, once it is there. */
  shows(title: string): Promise<string> {
    return findWindow(this.screen, ["--name", `^${title}$`]);
  }

  /** Types a key into a dialog, once that is there. */
  async answer(title: string, key: string): Promise<void> {
    const window = await this.shows(title);
    await this.screen.run("xdotool", ["windowfocus", "--sync", window, "key", key]);
  }

  /** Where the desktop is on the viewer's screen. */
  async place(): Promise<Place> {
    const geometry = await this.screen.run("xdotool", [
      ...["getwindowgeometry", "--shell", await this.window()],
    ]);
    const number = (name: string) =>
      Number(geometry.match(new RegExp(`^${name}=(\\d+)$`, "m"))?.[1]);
    return {
      x: number("X"),
      y: number("Y"),
      width: number("WIDTH"),
      height: number("HEIGHT"),
    };
  }

  /** What it shows of the desktop. */
  async look(): Promise<Picture> {
    this.#place ??= await this.place();
    const { x, y, width, height } = this.#place;
    return crop(await takeScreenshot(this.screen), x, y, width, height);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}
