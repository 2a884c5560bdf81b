import { until } from "../until.ts";
import { startXvfb, type Xvfb } from "../xvfb.ts";
import { enterPlace, type Place, type ProgramOptions } from "./namespace.ts";
import { DENO_FOLDER, DESKTOP, PLACE, PREFIX, WINE, WINESERVER } from "./place.ts";

/** A Windows desktop by Wine, in a window that covers the screen of an X server. */
export interface Windows extends AsyncDisposable {
  /** Shows the desktop. */
  readonly server: Xvfb;
  /** A folder of this machine that Windows' programs see as `Z:\tmp`. */
  readonly folder: string;
  /** Starts one of Windows' programs; it ends with the desktop, at the latest. */
  spawn(args: readonly string[], options?: ProgramOptions): Deno.ChildProcess;
  /** Runs one of Windows' programs to its end, and gives what it printed. */
  run(args: readonly string[], options?: ProgramOptions): Promise<string>;
}

/** deno.exe, as Windows' programs see it. */
export const DENO_EXE = `${DENO_FOLDER}/deno.exe`;

/** Starts a desktop and waits until it's there. */
export async function startWindows(): Promise<Windows> {
  await using started = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir();
  started.defer(() => Deno.remove(folder, { recursive: true }));
  const server = started.use(await startXvfb(DESKTOP));
  const place = started.use(await enterPlace(PLACE, { temporary: folder }));
  const windows = new RunningWindows(server, folder, place, started.move());
  windows.spawn(["explorer", `/desktop=${DESKTOP.name},${DESKTOP.width}x${DESKTOP.height}`]);
  const search = ["search", "--onlyvisible", "--name", `^${DESKTOP.name} - Wine Desktop$`];
  await until("the desktop", () => server.run("xdotool", search).then(Boolean, () => undefined));
  return windows;
}

class RunningWindows implements Windows {
  readonly server: Xvfb;
  readonly folder: string;
  readonly #place: Place;
  readonly #started: AsyncDisposableStack;

  constructor(server: Xvfb, folder: string, place: Place, started: AsyncDisposableStack) {
    this.server = server;
    this.folder = folder;
    this.#place = place;
    this.#started = started;
  }

  spawn(args: readonly string[], options?: ProgramOptions): Deno.ChildProcess {
    return this.#place.spawn([WINE, ...args], this.#with(options));
  }

  async run(args: readonly string[], options?: ProgramOptions): Promise<string> {
    return await this.#place.run([WINE, ...args], this.#with(options));
  }

  #with(options: ProgramOptions = {}): ProgramOptions {
    return {
      ...options,
      env: {
        DISPLAY: this.server.display,
        HOME: "/root",
        WINEPREFIX: PREFIX,
        WINEDEBUG: "-all",
        WINESERVER,
        ...options.env,
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#started.disposeAsync();
  }
}
