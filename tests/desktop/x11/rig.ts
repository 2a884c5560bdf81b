import { assertEquals } from "@std/assert";
import {
  openX11Desktop,
  type X11Desktop,
  type X11Options,
} from "../../../src/desktop/x11/x11_desktop.ts";
import { Connection } from "../../../src/desktop/x11/connection.ts";
import { queryPointer } from "../../../src/desktop/x11/query_pointer.ts";
import { intersect } from "../../../src/frame/rect.ts";
import type { Logger } from "../../../src/log.ts";
import { startXvfb, type Xvfb, type XvfbOptions } from "../../support/xvfb.ts";
import { takeScreenshot } from "../../support/xwd.ts";
import { Recorder, until } from "../recorder.ts";

/** An X server and its desktop, both gone at the end of the block. */
export interface X11Rig extends AsyncDisposable {
  readonly server: Xvfb;
  readonly desktop: X11Desktop;
  /** A folder for files of the test. */
  readonly directory: string;
  /** What was logged, a line for each message. */
  readonly logged: readonly string[];
}

/** Starts an X server and opens its desktop. */
export async function startX11(
  options: XvfbOptions & Pick<X11Options, "without"> = {},
): Promise<X11Rig> {
  const { without, ...serverOptions } = options;
  const server = await startXvfb(serverOptions);
  const logged: string[] = [];
  const log = recordingLogger(logged);
  const directory = await Deno.makeTempDir();
  const desktop = openX11Desktop({ display: server.display, log, without: without ?? [] });
  return {
    server,
    desktop,
    directory,
    logged,
    async [Symbol.asyncDispose]() {
      desktop.close();
      await server.stop();
      await Deno.remove(directory, { recursive: true });
    },
  };
}

/** A logger that keeps the lines. */
export function recordingLogger(lines: string[]): Logger {
  const at = (level: string) => (message: string): void => {
    lines.push(`${level} ${message}`);
  };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
}

/** Keeps a copy of a desktop's screen as an owner does: only what grabs report is copied. */
export class Follower extends Recorder {
  #copy = new Uint32Array();

  constructor(readonly desktop: X11Desktop) {
    super();
  }

  override damaged(): void {
    super.damaged();
    this.#update();
  }

  override resized(): void {
    super.resized();
    this.#update();
  }

  /** Asserts that the copy becomes what `xwd` sees. */
  async assertShows(server: Xvfb): Promise<void> {
    let different = "";
    await until("the screen's pixels", async () => {
      const { width, height, pixels } = await takeScreenshot(server);
      different = compare(this.#copy, pixels, width, height);
      return different === "";
    }).catch(() => assertEquals(different, ""));
  }

  #update(): void {
    if (this.reasons.length > 0) return;
    const { region } = this.desktop.grab();
    const { width, height, stride, pixels } = this.desktop.screen;
    if (this.#copy.length !== width * height) this.#copy = new Uint32Array(width * height);
    for (const rect of region.rects) {
      assertEquals(intersect(rect, this.desktop.screen.bounds), rect);
      for (let y = rect.y; y < rect.y + rect.height; y++) {
        for (let x = rect.x; x < rect.x + rect.width; x++) {
          this.#copy[y * width + x] = pixels[y * stride + x]! & 0xffffff;
        }
      }
    }
  }
}

function compare(a: Uint32Array, b: Uint32Array, width: number, height: number): string {
  if (a.length !== width * height) return `${a.length} pixels for ${width}x${height}`;
  const count = a.reduce((sum, pixel, i) => sum + (pixel === b[i] ? 0 : 1), 0);
  if (count === 0) return "";
  const first = a.findIndex((pixel, i) => pixel !== b[i]);
  return `${count} pixels differ, the first at ${first % width},${Math.floor(first / width)}: ` +
    `${a[first]!.toString(16)} instead of ${b[first]!.toString(16)}`;
}

/** Types a text as a viewer does that sends no modifiers. */
export function type(desktop: X11Desktop, text: string): void {
  for (const char of text) {
    const keysym = keysymOf(char);
    desktop.key(keysym, true);
    desktop.key(keysym, false);
  }
}

function keysymOf(char: string): number {
  if (char === "\n") return 0xff0d;
  const codePoint = char.codePointAt(0)!;
  return codePoint < 0x100 ? codePoint : 0x01000000 + codePoint;
}

/** A terminal whose lines go to a file, with the pointer (and so the keyboard) on it. */
export async function openTerminal(
  { server, desktop, directory }: X11Rig,
): Promise<{ text(): Promise<string> }> {
  const file = `${directory}/typed`;
  server.spawn("xterm", ["-geometry", "60x15+0+0", "-e", `cat > ${file}; sleep 100`]);
  desktop.pointer(100, 100, 0);
  await until("the terminal", async () => {
    const windows = await server.run("xdotool", ["search", "--onlyvisible", "--class", "xterm"])
      .catch(() => "");
    return windows !== "";
  });
  await until("the shell in the terminal", async () => {
    type(desktop, "\n");
    const text = await Deno.readTextFile(file).catch(() => "");
    return text.endsWith("\n");
  });
  return {
    text: async () => (await Deno.readTextFile(file)).replace(/^\n+/, ""),
  };
}

/** Starts `xev` on the whole screen; the result tells what it has printed since then. */
export async function watchEvents({ server }: X11Rig, mask: string): Promise<() => string> {
  const xev = server.spawn("xev", ["-geometry", "640x480+0+0", "-event", mask], {
    stdout: "piped",
  });
  let text = "";
  (async () => {
    for await (const part of xev.stdout.pipeThrough(new TextDecoderStream())) text += part;
  })();
  const search = ["search", "--onlyvisible", "--name", "Event Tester"];
  await until("xev's window", () => server.run("xdotool", search).then(() => true, () => false));
  return () => text;
}

/** How many keys are pressed, and the mask of the pressed buttons, as another client sees it. */
export function pressed({ server }: X11Rig): { keys: number; buttons: number } {
  const connection = new Connection(server.display, recordingLogger([]), []);
  const { display, libraries: { x11 } } = connection;
  const keys = new Uint8Array(32);
  x11.XQueryKeymap(display, keys);
  const { mask } = queryPointer(connection);
  connection.close();
  const bits = (byte: number): number => byte === 0 ? 0 : (byte & 1) + bits(byte >> 1);
  return { keys: keys.reduce((sum, byte) => sum + bits(byte), 0), buttons: mask >> 8 & 0x1f };
}
