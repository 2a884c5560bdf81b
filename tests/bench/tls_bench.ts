// What encryption costs: bytes to a reader in another process, as plain TCP and through TLS.

import { TlsConnection } from "../../src/security/tls/tls_connection.ts";
import { TcpConnection } from "../../src/server/tcp_connection.ts";
import type { Connection } from "../../src/rfb/connection.ts";
import { secureContext } from "../support/vencrypt.ts";

/** Bytes of a run. */
const TOTAL = 64 << 20;

/** Reads all that comes, by TLS where told so. */
const READER = `
const [port, version] = Deno.args;
const { default: net } = await import("node:net");
const { default: tls } = await import("node:tls");
const options = { port: Number(port), host: "127.0.0.1" };
const socket = version === "plain"
  ? net.connect(options)
  : tls.connect({ ...options, rejectUnauthorized: false, minVersion: version, maxVersion: version });
socket.on("error", () => {}).resume();
`;

const context = await secureContext();

async function connect(version: string): Promise<Connection> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const script = new Deno.Command(Deno.execPath(), {
    args: ["eval", READER, String(listener.addr.port), version],
    stdin: "null",
  });
  script.spawn().unref();
  const connection = new TcpConnection(await listener.accept());
  if (version === "plain") return connection;
  const encrypted = new TlsConnection(connection, context);
  await encrypted.secured();
  return encrypted;
}

for (const version of ["plain", "TLSv1.2", "TLSv1.3"]) {
  for (const size of [1 << 10, 16 << 10, 64 << 10, 1 << 20]) {
    const total = size < 16 << 10 ? TOTAL / 16 : TOTAL;
    const name = `${total >> 20} MB, ${version}, writes of ${size >> 10} kB`;
    Deno.bench(name, { group: `${size}`, n: 5, warmup: 1 }, async (bench) => {
      const connection = await connect(version);
      const bytes = crypto.getRandomValues(new Uint8Array(65536));
      const piece = new Uint8Array(size).map((_, i) => bytes[i & 0xffff]!);
      await connection.write(piece);
      bench.start();
      for (let sent = 0; sent < total; sent += size) await connection.write(piece);
      bench.end();
      connection.close();
    });
  }
}
