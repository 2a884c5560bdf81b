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
const GREETING_LENGTH = 12;

const withArguments = (server: Server, name: string, ...more: string[]): Server => ({
  ...server,
  name,
  command: (display, port) => [...server.command(display, port), ...more],
});

/** TigerVNC counts who goes without having logged in, and refuses him from the fifth time on. */
const patient = (server: Server): Server =>
  server.name === "TigerVNC"
    ? withArguments(server, server.name, "-BlacklistThreshold", `${10 * COUNT}`)
    : server;

const [, ...others] = SERVERS;
const servers = [VNCD, withArguments(VNCD, "vncd --no-web", "--no-web"), ...others.map(patient)];

/** Milliseconds from being connected to the last byte of the greeting. */
async function greeting(port: number): Promise<number> {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const connected = performance.now();
  const bytes = new Uint8Array(GREETING_LENGTH);
  for (let length = 0; length < bytes.length;) {
    const count = await conn.read(bytes.subarray(length));
    if (count === null) throw new Error("closed by the server");
    length += count;
  }
  return performance.now() - connected;
}

await using running = new AsyncDisposableStack();
const { display } = running.use(await startXvfb({ width: 1920, height: 1080 }));
const lines: { name: string; port: number; times: number[] }[] = [];
for (const server of servers) {
  const { port } = running.use(await startServer(server, display));
  lines.push({ name: server.name, port, times: [] });
}
// The first one, for which much is done once, isn't counted.
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
