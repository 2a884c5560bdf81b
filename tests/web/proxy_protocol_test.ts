import { assertEquals, assertRejects } from "@std/assert";
import { encodeLatin1 } from "../../src/latin1.ts";
import type { Connection } from "../../src/rfb/connection.ts";
import { ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { PeekedConnection } from "../../src/web/peeked_connection.ts";
import { readProxyHeader } from "../../src/web/proxy_protocol.ts";
import { concat } from "../support/bytes.ts";
import { inPieces } from "../support/chunks.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { binaryProxyHeader, proxyBytes, proxyLine } from "../support/proxy_header.ts";

const SOURCE = { hostname: "203.0.113.5", port: 41822 };
const DESTINATION = { hostname: "198.51.100.1", port: 443 };
const HERE = { hostname: "192.0.2.1", port: 5900 };

/** A connection from a proxy that has said that, piece by piece, and then goes. */
async function from(proxy: string, ...pieces: Uint8Array[]): Promise<Connection> {
  const [server, client] = connectionPair(undefined, proxy);
  for (const piece of pieces) await client.write(piece);
  client.close();
  return await readProxyHeader(new PeekedConnection(server));
}

const endsOf = ({ peer, remote, local, isPrivate }: Connection) => ({
  peer,
  remote,
  local,
  isPrivate,
});

async function textOf(connection: Connection): Promise<string> {
  let text = "";
  for (let chunk; (chunk = await connection.read()) !== null;) {
    text += new TextDecoder().decode(chunk);
  }
  return text;
}

for (
  const [version, header] of [
    [1, proxyLine(SOURCE, DESTINATION)],
    [2, binaryProxyHeader(SOURCE, DESTINATION)],
  ] as const
) {
  Deno.test(`version ${version}: however it is cut, what follows is kept for the next`, async () => {
    const all = concat(header, encodeLatin1("\r\nRFB 003.008\n"));
    for (let size = 1; size <= all.length; size++) {
      const connection = await from("192.0.2.9", ...inPieces(all, size));
      assertEquals(connection.remote, SOURCE);
      assertEquals(await textOf(connection), "\r\nRFB 003.008\n", `${size}`);
    }
  });

  Deno.test(`version ${version}: a proxy that goes in its middle is gone`, async () => {
    for (let length = 0; length < header.length; length++) {
      await assertRejects(
        () => from("192.0.2.9", header.subarray(0, length)),
        ConnectionClosed,
        "in a proxy's header",
      );
    }
  });
}

Deno.test("behind a proxy on another machine there is the client, at this machine's end", async () => {
  assertEquals(endsOf(await from("192.0.2.9", proxyLine(SOURCE, DESTINATION))), {
    peer: "203.0.113.5:41822 through 192.0.2.9:40000",
    remote: SOURCE,
    local: HERE,
    isPrivate: false,
  });
});

Deno.test("a proxy on this machine has this machine's end of the client's connection", async () => {
  assertEquals(endsOf(await from("127.0.0.1", proxyLine(SOURCE, DESTINATION))), {
    peer: "203.0.113.5:41822 through 127.0.0.1:40000",
    remote: SOURCE,
    local: DESTINATION,
    isPrivate: false,
  });
});

Deno.test("IPv6 addresses stand in brackets in front of their port", async () => {
  const source = { hostname: "2001:db8::5", port: 1 };
  const { peer } = await from("192.0.2.9", binaryProxyHeader(source, source));
  assertEquals(peer, "[2001:db8::5]:1 through 192.0.2.9:40000");
});

Deno.test("the loopback of a proxy on another machine isn't this machine's", async () => {
  const source = { hostname: "127.0.0.1", port: 41822 };
  assertEquals(endsOf(await from("192.0.2.9", proxyLine(source, source))), {
    peer: "127.0.0.1:41822 through 192.0.2.9:40000",
    remote: { hostname: "192.0.2.9", port: 40000 },
    local: HERE,
    isPrivate: false,
  });
});

Deno.test("who isn't known is at the proxy's address, and others may read along", async () => {
  for (const header of [encodeLatin1("PROXY UNKNOWN\r\n"), proxyBytes(0x21, 0, [])]) {
    const { peer, remote, isPrivate } = await from("127.0.0.1", header);
    assertEquals(peer, "127.0.0.1:40000");
    assertEquals(remote, { hostname: "127.0.0.1", port: 40000 });
    assertEquals(isPrivate, false);
  }
});

Deno.test("a proxy that connects for itself is who it is", async () => {
  assertEquals(endsOf(await from("127.0.0.1", proxyBytes(0x20, 0, []))), {
    peer: "127.0.0.1:40000",
    remote: { hostname: "127.0.0.1", port: 40000 },
    local: HERE,
    isPrivate: true,
  });
});

Deno.test("a malformed header is an error of the protocol", async () => {
  const header = encodeLatin1("PROXY TCP4 203.0.113.5 192.0.2.1 41822 99999\r\n");
  await assertRejects(() => from("192.0.2.9", header), ProtocolError, "a wrong port");
});
