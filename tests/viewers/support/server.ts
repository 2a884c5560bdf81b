import { join } from "node:path";
import { buildVncd, BUILT, BUILT_ENV } from "../../support/built_vncd.ts";
import { Program } from "./program.ts";
import { tempDir } from "./temp_dir.ts";

/** What {@linkcode startServer} shares, and how. */
export interface ServerOptions {
  /** The X display, such as `:7`; the demo desktop when left out. */
  readonly display?: string;
  /** Without one, anybody is let in. */
  readonly password?: string;
  readonly args?: readonly string[];
}

/** A running vncd. */
export interface Server extends AsyncDisposable {
  /** Its TCP port on 127.0.0.1. */
  readonly port: number;
  /** What it has printed so far. */
  log(): string;
  /** Ends it and waits for that. */
  stop(): Promise<void>;
}

/** Starts vncd, as a person would, on a free port, and waits until it says that it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  await using stack = new AsyncDisposableStack();
  const scratch = stack.use(await tempDir());
  const program = stack.use(await start(options, join(scratch.path, "password")));
  const [, port] = await program.expect(/Connect to +\S+:(\d+)/);
  const running = stack.move();
  const stop = () => running.disposeAsync();
  return { port: Number(port), log: () => program.output, stop, [Symbol.asyncDispose]: stop };
}

async function start(options: ServerOptions, passwordFile: string): Promise<Program> {
  const { display, password, args = [] } = options;
  if (password !== undefined) {
    await Deno.writeTextFile(passwordFile, `${password}\n`, { mode: 0o600 });
  }
  await buildVncd();
  return new Program(BUILT, {
    env: BUILT_ENV,
    args: [
      ...display === undefined ? ["--desktop", "demo"] : ["--desktop", "x11", "--display", display],
      ...["--listen", "127.0.0.1", "--port", "0", "--log-level", "debug"],
      ...password === undefined ? ["--security", "none"] : ["--password-file", passwordFile],
      ...args,
    ],
  });
}
