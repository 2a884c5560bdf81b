import { buildVncd, BUILT, BUILT_ENV } from "./built_vncd.ts";
import { until } from "./until.ts";

/** How vncd is started. It gets no variables but `env` and a PATH, so no user's settings. */
export interface VncdOptions {
  /** The program with its first arguments, instead of the file that `deno task compile` makes. */
  readonly command?: readonly string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
}

async function commandFor(
  args: readonly string[],
  options: VncdOptions,
  stdin: "null" | "piped",
): Promise<Deno.Command> {
  if (options.command === undefined) await buildVncd();
  const [program, ...first] = options.command ?? [BUILT];
  return new Deno.Command(program!, {
    args: [...first, ...args],
    clearEnv: true,
    env: {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      ...options.command === undefined ? BUILT_ENV : {},
      ...options.env,
    },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdin,
    stdout: "piped",
    stderr: "piped",
  });
}

/** What a run printed, and how it ended. */
export interface VncdResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs vncd to its end, with `input` on its standard input. */
export async function runVncd(
  args: readonly string[],
  options: VncdOptions & { readonly input?: string } = {},
): Promise<VncdResult> {
  const stdin = options.input === undefined ? "null" : "piped";
  const child = (await commandFor(args, options, stdin)).spawn();
  if (options.input !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(options.input));
    await writer.close();
  }
  const { code, stdout, stderr } = await child.output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** A vncd that shares a desktop. Disposing of it ends it. */
export class RunningVncd implements AsyncDisposable {
  /** What it printed on standard output when it was ready. */
  readonly banner: string;
  /** The port that the banner names. */
  readonly port: number;
  readonly #child: Deno.ChildProcess;
  readonly #log: Log;

  private constructor(child: Deno.ChildProcess, banner: string, log: Log) {
    this.#child = child;
    this.#log = log;
    this.banner = banner;
    this.port = Number(banner.match(/Connect to +\S+:(\d+)\s/)?.[1]);
  }

  /**
   * Starts vncd and waits for its banner.
   * @throws {Error} With its complaint, when it ends instead.
   */
  static async start(args: readonly string[], options: VncdOptions = {}): Promise<RunningVncd> {
    const child = (await commandFor(args, options, "null")).spawn();
    const log = new Log(child.stderr);
    let banner = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      banner += text;
      if (banner.endsWith("\n\n")) return new RunningVncd(child, banner, log);
    }
    throw new Error(`vncd did not start: ${await log.whole}`);
  }

  /** The process's number. */
  get pid(): number {
    return this.#child.pid;
  }

  /** Waits until the log holds `text`. */
  async logs(text: string): Promise<void> {
    await until(`vncd logs "${text}"`, () => this.#log.text.includes(text) || undefined);
  }

  /** Sends it a signal and waits until it has ended. */
  async end(signal: Deno.Signal = "SIGTERM"): Promise<{ code: number; log: string }> {
    this.#child.kill(signal);
    const { code } = await this.#child.status;
    return { code, log: await this.#log.whole };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#child.status;
    await this.#log.whole;
  }
}

/** What a process writes on its standard error. */
class Log {
  /** What has come so far. */
  text = "";
  /** All of it, when the process has ended. */
  readonly whole: Promise<string>;

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.whole = this.#read(stream);
  }

  async #read(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) this.text += text;
    return this.text;
  }
}

/** What a server says first to whoever connects to a port of this machine. */
export async function greeting(port: number): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const bytes = new Uint8Array(12);
  let length = 0;
  while (length < bytes.length) {
    const count = await connection.read(bytes.subarray(length));
    if (count === null) break;
    length += count;
  }
  return new TextDecoder().decode(bytes.subarray(0, length));
}
