import { ROOT } from "../../support/root.ts";
import { until } from "../../support/until.ts";
import { Program } from "../../viewers/support/program.ts";

/** A VNC server that can be measured. */
export interface Peer {
  readonly name: string;
  /** The command that shares a display on a port of this machine, with nobody asked for a password. */
  command(display: string, port: number): readonly string[];
}

/** The product first, then those that it is measured against. */
export const PEERS: readonly Peer[] = [
  {
    name: "vncd",
    command: (display, port) => [
      ...[Deno.execPath(), "run", "-q", `--config=${ROOT}deno.json`, "-P", `${ROOT}main.ts`],
      ...["--display", display, "--port", `${port}`, "--listen", "127.0.0.1"],
      ...["--security", "none", "--max-viewers", "200", "--log-level", "warn"],
    ],
  },
  {
    name: "x11vnc",
    command: (display, port) => [
      ...["x11vnc", "-display", display, "-rfbport", `${port}`, "-localhost"],
      ...["-nopw", "-forever", "-shared", "-quiet", "-norc"],
    ],
  },
  {
    name: "TigerVNC",
    command: (display, port) => [
      ...["X0tigervnc", "-display", display, "-rfbport", `${port}`, "-localhost"],
      ...["-SecurityTypes", "None", "-AlwaysShared"],
    ],
  },
];

/** A server that runs. */
export interface RunningPeer extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function greets(port: number): Promise<true | undefined> {
  try {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    return await connection.read(new Uint8Array(12)) === 12 || undefined;
  } catch {
    return undefined;
  }
}

/** Starts a server and waits until it takes viewers. */
export async function startPeer(peer: Peer, display: string): Promise<RunningPeer> {
  const port = freePort();
  const [program, ...args] = peer.command(display, port);
  const running = new Program(program!, { args });
  try {
    await until(`${peer.name} takes viewers`, () => {
      if (!running.running) throw new Error(`${peer.name} ended: ${running.output}`);
      return greets(port);
    });
  } catch (error) {
    await running[Symbol.asyncDispose]();
    throw error;
  }
  return { port, pid: running.pid, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() };
}
