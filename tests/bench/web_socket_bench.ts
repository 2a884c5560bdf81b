// What a WebSocket costs: bytes to a reader in another process, as plain TCP and in a WebSocket's messages.

import type { Connection } from "../../src/rfb/connection.ts";
import { TcpConnection } from "../../src/server/tcp_connection.ts";
import { Hosts } from "../../src/web/hosts.ts";
import { WebServer } from "../../src/web/web_server.ts";
import { requestHead } from "../support/http_client.ts";
import { littlePage } from "../support/little_page.ts";
import { UPGRADE } from "../support/web_socket_client.ts";

/** Bytes of a run. */
const TOTAL = 64 << 20;

/** Asks for a WebSocket, and reads all that comes, without a look at it. */
const READER = `
const [port, request] = Deno.args;
const connection = await Deno.connect({ port: Number(port), hostname: "127.0.0.1" });
await connection.write(new TextEncoder().encode(request));
const buffer = new Uint8Array(1 << 20);
// Whoever doesn't read the request resets the connection in the end.
while (await connection.read(buffer).catch(() => null) !== null);
`;

const silent = { error() {}, warn() {}, info() {}, debug() {} };
const server = new WebServer({
  hosts: new Hosts("box", []),
  page: littlePage,
  isTrusted: () => false,
  log: silent,
});

async function connect(kind: string): Promise<Connection> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const request = requestHead("GET /websocket HTTP/1.1", "Host: localhost", ...UPGRADE);
  const reader = new Deno.Command(Deno.execPath(), {
    args: ["eval", READER, String(listener.addr.port), request],
    stdin: "null",
  });
  reader.spawn().unref();
  const connection = new TcpConnection(await listener.accept());
  return kind === "plain" ? connection : (await server.serve(connection, false))!;
}

for (const kind of ["plain", "WebSocket"]) {
  for (const size of [1 << 10, 16 << 10, 64 << 10, 1 << 20, 4 << 20]) {
    const total = size < 16 << 10 ? TOTAL / 16 : TOTAL * 4;
    const name = `${total >> 20} MB, ${kind}, writes of ${size >> 10} kB`;
    Deno.bench(name, { group: `${size}`, n: 5, warmup: 1 }, async (bench) => {
      const connection = await connect(kind);
      const piece = new Uint8Array(size).fill(7);
      await connection.write(piece);
      bench.start();
      for (let sent = 0; sent < total; sent += size) await connection.write(piece);
      bench.end();
      connection.close();
    });
  }
}
