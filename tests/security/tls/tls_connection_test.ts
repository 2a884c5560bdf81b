import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Connection } from "../../../src/rfb/connection.ts";
import { ConnectionClosed, ProtocolError } from "../../../src/rfb/errors.ts";
import { TlsConnection } from "../../../src/security/tls/tls_connection.ts";
import { concat } from "../../support/bytes.ts";
import { connectionPair } from "../../support/memory_connection.ts";
import { turn } from "../../support/session.ts";
import type { Stream } from "../../support/test_viewer.ts";
import { startTlsClient, type TlsStream } from "../../support/tls_client.ts";
import { secureContext } from "../../support/vencrypt.ts";

const context = await secureContext();

/** A server's end, and what a client may send and read below it. */
function start(capacity?: number): { server: TlsConnection; below: Connection; client: Stream } {
  const [below, client] = connectionPair(capacity);
  return { server: new TlsConnection(below, context), below, client };
}

/** Both ends behind the handshake. */
async function connected(
  capacity?: number,
): Promise<{ server: TlsConnection; client: TlsStream; plain: Stream }> {
  const { server, client: plain } = start(capacity);
  const [client] = await Promise.all([startTlsClient(plain), server.secured()]);
  return { server, client, plain };
}

/** Lets everything run that can, several times over. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await turn();
}

async function readAll(stream: Pick<Stream, "read">, length: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let got = 0; got < length;) {
    const chunk = await stream.read();
    if (chunk === null) break;
    chunks.push(chunk.slice());
    got += chunk.length;
  }
  return concat(...chunks);
}

Deno.test("bytes come out of TLS as they went in, both ways", async () => {
  const { server, client } = await connected();
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  for (const length of [1, 16384, 16385, 60_000]) {
    const part = bytes.subarray(0, length);
    const [, there] = await Promise.all([server.write(part), readAll(client, length)]);
    assertEquals(there, part);
    const [, here] = await Promise.all([client.write(part), readAll(server, length)]);
    assertEquals(here, part);
  }
  server.close();
});

Deno.test("it is private, and says of the peer what the connection below says", async () => {
  const { server, below } = start();
  assert(server.isPrivate && !below.isPrivate);
  assertEquals(server.peer, below.peer);
  assertEquals([server.remote, server.local], [below.remote, below.local]);
  server.close();
  await assertRejects(() => server.secured(), ConnectionClosed);
});

Deno.test("nothing of what goes below can be read", async () => {
  const [below, client] = connectionPair();
  const seen: Uint8Array[] = [];
  const watched: Connection = {
    ...below,
    write: (bytes) => {
      seen.push(bytes.slice());
      return below.write(bytes);
    },
  };
  const server = new TlsConnection(watched, context);
  const [stream] = await Promise.all([startTlsClient(client), server.secured()]);
  const secret = new TextEncoder().encode("a text that is nowhere else in here");
  await Promise.all([server.write(secret), readAll(stream, secret.length)]);
  assert(!concat(...seen).toHex().includes(secret.toHex()));
  server.close();
});

Deno.test("a peer that nobody listens to can't send without end", async () => {
  const capacity = 64 * 1024;
  const { server, client } = await connected(capacity);
  let sent = 0;
  const sending = (async () => {
    for (; sent < 8 << 20; sent += 65536) await client.write(new Uint8Array(65536));
  })();
  await settle();
  const before = sent;
  assert(before < 1 << 20, `${before} bytes were taken`);
  // It goes on when somebody does.
  assertEquals((await readAll(server, 8 << 20)).length, 8 << 20);
  await sending;
  server.close();
});

/** Both ends, of which the client's can be told to read nothing for a while. */
async function withLazyClient() {
  const [below, client] = connectionPair(64 * 1024);
  const server = new TlsConnection(below, context);
  let awake = Promise.resolve();
  const lazy: Stream = {
    write: (bytes) => client.write(bytes),
    close: () => client.close(),
    read: () => awake.then(() => client.read()),
  };
  const [stream] = await Promise.all([startTlsClient(lazy), server.secured()]);
  /** Lets it sleep; what is returned wakes it up. */
  const sleep = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    awake = promise;
    return resolve;
  };
  return { server, client: stream, sleep };
}

Deno.test("a write to a peer that doesn't read stays pending", async () => {
  const { server, client, sleep } = await withLazyClient();
  const wakeUp = sleep();
  let written = 0;
  const writing = (async () => {
    for (; written < 4 << 20; written += 65536) await server.write(new Uint8Array(65536));
  })();
  await settle();
  assert(written < 1 << 20, `${written} bytes were taken`);
  wakeUp();
  assertEquals((await readAll(client, 4 << 20)).length, 4 << 20);
  await writing;
  server.close();
});

Deno.test("closing settles what is pending, and can be repeated", async () => {
  const { server, sleep } = await withLazyClient();
  sleep();
  const reading = assertRejects(() => server.read(), ConnectionClosed);
  const writing = assertRejects(() => server.write(new Uint8Array(1 << 20)), ConnectionClosed);
  await settle();
  server.close();
  server.close();
  await Promise.all([reading, writing]);
  await assertRejects(() => server.read(), ConnectionClosed);
  await assertRejects(() => server.write(new Uint8Array(1)), ConnectionClosed);
});

Deno.test("a peer that closes in an orderly way has closed, whatever it closes", async () => {
  const tls = await connected();
  await tls.client.write(Uint8Array.of(1));
  await tls.server.read();
  tls.client.socket.end();
  assertEquals(await tls.server.read(), null);
  tls.server.close();
  const tcp = await connected();
  await tcp.client.write(Uint8Array.of(1));
  await tcp.server.read();
  tcp.plain.close();
  assertEquals(await tcp.server.read(), null);
  tcp.server.close();
});

Deno.test("a peer that says nothing behind the handshake may have disliked the certificate", async () => {
  const { server, client } = await connected();
  client.socket.end();
  const reason =
    "closed right behind the TLS handshake, as viewers do that don't know the certificate";
  await assertRejects(() => server.read(), ConnectionClosed, reason);
  server.close();
});

Deno.test("a connection that breaks below is closed", async () => {
  const broken: Connection = {
    ...connectionPair()[0],
    read: () => Promise.reject(new ConnectionClosed("reset")),
    write: () => Promise.reject(new ConnectionClosed("reset")),
  };
  const server = new TlsConnection(broken, context);
  await assertRejects(() => server.secured(), ConnectionClosed, "reset");
  await assertRejects(() => server.write(new Uint8Array(1)), ConnectionClosed, "reset");
  server.close();
});

Deno.test("a peer that is gone before the handshake is done has closed", async () => {
  for (const first of [[], [22, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]]) {
    const { server, client } = start();
    await client.write(Uint8Array.from(first));
    client.close();
    await assertRejects(() => server.secured(), ConnectionClosed, "inside the TLS handshake");
    server.close();
  }
});

Deno.test("what is no TLS is a breach of the protocol", async () => {
  const greetings = ["GET / HTTP/1.1\r\n\r\n", "RFB 003.008\n", "\0".repeat(100)];
  for (const text of greetings) {
    const { server, client } = start();
    const writing = assertRejects(() => server.write(new Uint8Array(16)));
    await client.write(new TextEncoder().encode(text));
    await assertRejects(() => server.secured(), ProtocolError, "TLS: ");
    await writing;
    server.close();
  }
});

Deno.test("a record that was tampered with is a breach of the protocol", async () => {
  const { server, plain } = await connected();
  await plain.write(Uint8Array.from([23, 3, 3, 0, 32, ...new Array(32).fill(7)]));
  await assertRejects(() => server.read(), ProtocolError, "TLS: ");
  server.close();
});

Deno.test("a handshake message larger than any is not waited for", async () => {
  const { server, client } = start();
  // A ClientHello that says it has 16 MB, in records of 16 kB.
  const record = new Uint8Array(5 + 16384);
  record.set([22, 3, 1, 64, 0, 1, 255, 255, 255]);
  const sending = (async () => {
    for (let i = 0; i < 1000; i++) await client.write(record);
  })().catch(() => {});
  await assertRejects(() => server.secured(), ProtocolError, "TLS: ");
  server.close();
  await sending;
});
