/** How {@linkcode startXvfb} starts the server. */
export interface XvfbOptions {
  readonly width?: number;
  readonly height?: number;
  /** Bits of colour in a pixel: 8, 15, 16, 24 (the default) or 30. */
  readonly depth?: number;
  /** Further arguments, such as `["-extension", "MIT-SHM"]`. */
  readonly args?: readonly string[];
}

/** A running X server without a monitor, and the programs started on it. */
export interface Xvfb extends AsyncDisposable {
  /** What `DISPLAY` must be: `:7`. */
  readonly display: string;
  /** The X server's process. */
  readonly pid: number;
  /** The environment for programs on this display. */
  readonly env: Record<string, string>;
  /**
   * Runs a program on the display to its end.
   * @returns What it printed.
   * @throws {Error} When it fails, with what it said.
   */
  run(command: string, args?: readonly string[], input?: string): Promise<string>;
  /** Starts a program on the display; `stop` ends it if it still runs. */
  spawn(
    command: string,
    args?: readonly string[],
    options?: Deno.CommandOptions,
  ): Deno.ChildProcess;
  /** Ends the X server by force, as a crash would. */
  crash(): Promise<void>;
  /** Ends the programs and the server, and waits for that. */
  stop(): Promise<void>;
}

/** Starts an Xvfb on a free display and waits until it takes clients. */
export async function startXvfb(options: XvfbOptions = {}): Promise<Xvfb> {
  const { width = 640, height = 480, depth = 24, args = [] } = options;
  const server = new Deno.Command("Xvfb", {
    // The server writes the number it found to the descriptor: 1 is its standard output.
    args: [
      ...["-displayfd", "1", "-screen", "0", `${width}x${height}x${depth}`],
      ...["-nolisten", "tcp", "-noreset", ...args],
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const number = await firstLine(server.stdout);
  if (number === undefined) throw new Error(`Xvfb did not start: ${JSON.stringify(options)}`);
  return new RunningXvfb(`:${number}`, server);
}

/** Gives the screen a size up to that which the server was started with, once each. */
export async function resizeXvfb(server: Xvfb, width: number, height: number): Promise<void> {
  const mode = `${width}x${height}-test`;
  // Xvfb looks at nothing but the visible size.
  const timings = ["0", `${width}`, "0", "0", "0", `${height}`, "0", "0", "0"];
  await server.run("xrandr", ["--newmode", mode, ...timings]);
  await server.run("xrandr", ["--addmode", "screen", mode]);
  await server.run("xrandr", ["--output", "screen", "--mode", mode]);
}

class RunningXvfb implements Xvfb {
  readonly env: Record<string, string>;
  readonly #children = new Set<Deno.ChildProcess>();

  constructor(readonly display: string, readonly server: Deno.ChildProcess) {
    // xterm and others take what is typed as UTF-8 only in such a locale.
    this.env = { DISPLAY: display, LC_ALL: "C.UTF-8" };
  }

  get pid(): number {
    return this.server.pid;
  }

  async run(command: string, args: readonly string[] = [], input?: string): Promise<string> {
    const child = this.spawn(command, args, {
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    });
    if (input !== undefined) {
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(input));
      await writer.close();
    }
    const { success, stdout, stderr } = await child.output();
    const said = new TextDecoder().decode(stderr).trim();
    if (!success) throw new Error(`${command} ${args.join(" ")} failed: ${said}`);
    return new TextDecoder().decode(stdout);
  }

  spawn(
    command: string,
    args: readonly string[] = [],
    options: Deno.CommandOptions = {},
  ): Deno.ChildProcess {
    const child = new Deno.Command(command, {
      stdin: "null",
      stdout: "null",
      stderr: "null",
      ...options,
      args: [...args],
      env: { ...this.env, ...options.env },
    }).spawn();
    this.#children.add(child);
    child.status.finally(() => this.#children.delete(child));
    return child;
  }

  async crash(): Promise<void> {
    await end(this.server, "SIGKILL");
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#children].map((child) => end(child, "SIGKILL")));
    await end(this.server, "SIGTERM");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

async function end(child: Deno.ChildProcess, signal: Deno.Signal): Promise<void> {
  try {
    child.kill(signal);
  } catch {
    // It has ended already.
  }
  await child.status;
}

/** The first line of a stream, which is then closed; `undefined` when it ends before that. */
async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string | undefined> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const end = text.indexOf("\n");
    if (end >= 0) return text.slice(0, end);
  }
  return undefined;
}
