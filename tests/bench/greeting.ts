// deno-lint-ignore-file no-console -- a program for the terminal
//
// How long somebody who has connected waits for the server's first bytes, `RFB 003.008`: vncd, which listens
// for browsers on that port, without them, and others beside it. Linux only: it reads /proc, for which Deno
// wants all permissions.

import { startXvfb } from "../support/xvfb.ts";
import { type Server, SERVERS, startServer, VNCD } from "./peers/measure/servers.ts";
import { quantile } from "./peers/measure/statistics.ts";

const COUNT = 100;
/** Between connections, in milliseconds; vncd takes 50 a second from one address. */
const PAUSE = 25;

const WITHOUT_BROWSERS: Server = {
  ...VNCD,
  name: "vncd --no-web",
  command: (display, port) => [...VNCD.command(display, port), "--no-web"],
};

const [, ...others] = SERVERS;

async function read(conn: Deno.Conn, length: number): Promise<void> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = await conn.read(bytes.subarray(at));
    if (count === null) throw new Error("closed by the server");
    at += count;
  }
}

/** Milliseconds from being connected to the last byte of the greeting. */
async function greeting(port: number): Promise<number> {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const connected = performance.now();
  await read(conn, 12);
  const time = performance.now() - connected;
  // To the end of the login: TigerVNC refuses who goes without it time and again.
  await conn.write(new TextEncoder().encode("RFB 003.008\n"));
  await read(conn, 2);
  await conn.write(Uint8Array.of(1));
  await read(conn, 4);
  return time;
}

await using running = new AsyncDisposableStack();
const { display } = running.use(await startXvfb({ width: 1920, height: 1080 }));
const lines: { name: string; port: number; times: number[] }[] = [];
for (const server of [VNCD, WITHOUT_BROWSERS, ...others]) {
  const { port } = running.use(await startServer(server, display));
  lines.push({ name: server.name, port, times: [] });
}
// The first one isn't counted: much is done once, and vncd doesn't know yet that viewers come from here.
for (let n = 0; n <= COUNT; n++) {
  for (const { port, times } of lines) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    const time = await greeting(port);
    if (n > 0) times.push(time);
  }
}
console.log("ms               median    95 %     max");
for (const { name, times } of lines) {
  const figures = [0.5, 0.95, 1].map((share) => quantile(times, share)!.toFixed(2).padStart(8));
  console.log(name.padEnd(15) + figures.join(""));
}
