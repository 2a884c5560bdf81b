import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { Program } from "./program.ts";
import { tempDir } from "./temp_dir.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** What {@linkcode startServer} shares, and how. */
export interface ServerOptions {
  /** The X display, such as `:7`. */
  readonly display: string;
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
  // deno-lint-ignore no-explicit-any
  const [, port] = (program as any).fakePort
    ? [0, (program as any).fakePort]
    : await program.expect(/127\.0\.0\.1::?(\d+)/);
  const running = stack.move();
  const stop = () => running.disposeAsync();
  return { port: Number(port), log: () => program.output, stop, [Symbol.asyncDispose]: stop };
}

async function start(options: ServerOptions, passwordFile: string): Promise<Program> {
  const { display, password, args = [] } = options;
  if (password !== undefined) {
    await Deno.writeTextFile(passwordFile, `${password}\n`, { mode: 0o600 });
  }
  const standIn = await standInProgram(options, passwordFile);
  if (standIn) return standIn;
  return new Program(Deno.execPath(), {
    cwd: ROOT,
    args: [
      ...["run", "-P", "main.ts", "--desktop", "x11", "--display", display],
      ...["--listen", "127.0.0.1", "--port", "0", "--log-level", "debug"],
      ...password === undefined ? ["--security", "none"] : ["--password-file", passwordFile],
      ...args,
    ],
  });
}

// A server other than vncd, while the tests themselves are being written.
async function standInProgram(o: ServerOptions, file: string): Promise<Program | undefined> {
  const peer = Deno.env.get("VNCD_TEST_PEER");
  if (!peer) return;
  const l = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const port = l.addr.port;
  l.close();
  if (o.password) {
    const c = await new Program("sh", { args: ["-c", `tigervncpasswd -f <${file} >${file}.x`] });
    await c.ended();
    await c[Symbol.asyncDispose]();
  }
  const p = peer === "x11vnc"
    ? new Program("x11vnc", {
      args: [
        "-display",
        o.display,
        "-rfbport",
        `${port}`,
        "-localhost",
        "-shared",
        "-forever",
        "-noxdamage",
        "-wait",
        "10",
        "-defer",
        "5",
        "-nonc",
        "-xkb",
        "-skip_lockkeys",
        ...(o.password ? ["-rfbauth", file + ".x"] : []),
      ],
    })
    : new Program("X0tigervnc", {
      args: [
        "-display",
        o.display,
        "-rfbport",
        `${port}`,
        "-localhost",
        "-AlwaysShared",
        ...(o.password
          ? ["-SecurityTypes=VncAuth", "-PasswordFile", file + ".x"]
          : ["-SecurityTypes=None"]),
      ],
    });
  await p.expect(/Listening for VNC|PORT=/);
  (p as any).fakePort = port;
  return p;
}
