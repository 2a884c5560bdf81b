import { ROOT } from "../../../support/root.ts";
import { until } from "../../../support/until.ts";
import { Program } from "../../../viewers/support/program.ts";

/** A VNC server that can be measured. */
export interface Server {
  readonly name: string;
  /** The command that tells its version, and where in what it says. */
  readonly version: { readonly command: readonly string[]; readonly pattern: RegExp };
  /** The command that shares a display on a port of this machine, with nobody asked for a password. */
  command(display: string, port: number): readonly string[];
}

const VNCD_COMMAND = [
  ...[Deno.execPath(), "run", "-q", "-P", `--config=${ROOT}deno.json`],
  `${ROOT}main.ts`,
];

/** The product: this repository, by the Deno that runs the benchmark. */
export const VNCD: Server = {
  name: "vncd",
  version: {
    command: [...VNCD_COMMAND, "--version"],
    pattern: /(\d[\w.]*)/,
  },
  command: (display, port) => [
    ...VNCD_COMMAND,
    ...["--display", display, "--port", `${port}`, "--listen", "127.0.0.1"],
    ...["--security", "none", "--max-viewers", "200", "--log-level", "warn"],
  ],
};

const X11VNC: Server = {
  name: "x11vnc",
  version: { command: ["x11vnc", "-version"], pattern: /x11vnc: (\S+)/ },
  command: (display, port) => [
    ...["x11vnc", "-display", display, "-rfbport", `${port}`, "-localhost"],
    ...["-nopw", "-forever", "-shared", "-quiet", "-norc"],
  ],
};

/** TigerVNC's server for a display that is there already; `x0vncserver` is a script around it. */
function tigerVnc(name: string, program: string): Server {
  return {
    name,
    version: { command: [program, "-version"], pattern: /version (\d[\w.]*)/ },
    command: (display, port) => [
      ...[program, "-display", display, "-rfbport", `${port}`, "-localhost"],
      ...["-SecurityTypes", "None", "-AlwaysShared"],
    ],
  };
}

/** The product first, then Debian's packages that it is measured against. */
export const SERVERS: readonly Server[] = [VNCD, X11VNC, tigerVnc("TigerVNC", "X0tigervnc")];

/** A TigerVNC that is no package of Debian's, named after its version. */
export async function otherTigerVnc(program: string): Promise<Server> {
  const server = tigerVnc("TigerVNC", program);
  return { ...server, name: `TigerVNC ${await versionOf(server)}` };
}

/**
 * What a server says is its version.
 * @throws {Error} When it can't be started or says none.
 */
export async function versionOf({ name, version: { command, pattern } }: Server): Promise<string> {
  const [program, ...args] = command;
  const { stdout, stderr } = await new Deno.Command(program!, { args }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const version = said.match(pattern)?.[1];
  if (version === undefined) throw new Error(`${name} tells no version: ${said}`);
  return version;
}

/** A server that runs. Disposing of it ends it. */
export interface RunningServer extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Without a connection: x11vnc takes its first viewer for what all lines are like. */
function isListening(port: number): boolean {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const listening = new RegExp(`^ *\\d+: ${address} \\S+ 0A `, "m");
  return listening.test(Deno.readTextFileSync("/proc/net/tcp"));
}

/** As a user would: x11vnc leaves shared memory behind when it is killed, of which there is little. */
async function end(program: Program): Promise<void> {
  program.signal("SIGTERM");
  await program.ended().catch(() => {});
  await program[Symbol.asyncDispose]();
}

/** Starts a server and waits until it takes viewers. */
export async function startServer(server: Server, display: string): Promise<RunningServer> {
  const port = freePort();
  const [command, ...args] = server.command(display, port);
  const program = new Program(command!, { args });
  try {
    await until(`${server.name} takes viewers`, () => {
      if (!program.running) throw new Error(`${server.name} ended: ${program.output}`);
      return isListening(port) || undefined;
    });
  } catch (error) {
    await end(program);
    throw error;
  }
  return { port, pid: program.pid, [Symbol.asyncDispose]: () => end(program) };
}
