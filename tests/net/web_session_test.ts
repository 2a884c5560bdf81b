import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { TlsConnection } from "../../src/security/tls/tls_connection.ts";
import type { Door } from "../../src/server/server.ts";
import { TcpConnection } from "../../src/server/tcp_connection.ts";
import { Hosts } from "../../src/web/hosts.ts";
import { WebServer } from "../../src/web/web_server.ts";
import { sees, Session } from "../support/session.ts";
import { answerTo, latin1Bytes, readAnswer, requestHead } from "../support/http_client.ts";
import { littlePage } from "../support/little_page.ts";
import { startTlsClient } from "../support/tls_client.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { until } from "../support/until.ts";
import { secureContext } from "../support/vencrypt.ts";
import { WebSocketClient } from "../support/web_socket_client.ts";

const silent = { error() {}, warn() {}, info() {}, debug() {} };
const web = new WebServer({
  hosts: new Hosts("box", []),
  page: littlePage,
  isTrusted: () => false,
  log: silent,
});

/** The door for browsers only. */
const byHttp: Door = async (connection) => {
  const inside = await web.serve(connection, false);
  return inside && { connection: inside, inBrowser: true };
};

/** Shows the desktop to a viewer, and takes its input. */
async function shows(session: Session, viewer: TestViewer): Promise<void> {
  await viewer.login();
  await viewer.request(false);
  await viewer.update();
  assert(sees(viewer, session.desktop));
  await viewer.key(0x61, true);
  await until("the key arrives", () => session.desktop.input[0]);
  assertEquals(session.desktop.input, ["key 61 down"]);
}

Deno.test("a viewer in a browser sees the desktop", async () => {
  await using session = new Session();
  const viewer = session.connect(undefined, undefined, byHttp);
  await viewer.upgrade((stream) => WebSocketClient.open(stream));
  await shows(session, viewer);
  viewer.close();
});

Deno.test("so does one over TLS", async () => {
  await using session = new Session();
  const context = await secureContext();
  const viewer = session.connect(undefined, undefined, async (connection) => {
    const encrypted = new TlsConnection(connection, context);
    await encrypted.secured();
    const inside = await web.serve(encrypted, true);
    return inside && { connection: inside, inBrowser: true };
  });
  await viewer.upgrade((stream) => startTlsClient(stream));
  await viewer.upgrade((stream) =>
    WebSocketClient.open(stream, ["Host: box", "Origin: https://box"])
  );
  await shows(session, viewer);
  viewer.close();
});

Deno.test("who only looks at the page is no viewer", async () => {
  await using session = new Session();
  const viewer = session.connect(undefined, undefined, byHttp);
  await viewer.upgrade(async (stream) => {
    const answer = await answerTo(stream, requestHead("GET / HTTP/1.1", "Host: box"));
    assertEquals(answer.status, 200);
    return stream;
  });
});

/** Serves whoever comes to a port of this machine; echoes what comes by WebSocket. */
async function serveEcho(listener: Deno.TcpListener, served: Promise<void>[]): Promise<void> {
  const serve = async (conn: Deno.TcpConn) => {
    const connection = await web.serve(new TcpConnection(conn), false);
    if (connection === undefined) return;
    for (;;) {
      const bytes = await connection.read();
      if (bytes === null) break;
      await connection.write(bytes);
    }
    connection.close();
  };
  for await (const conn of listener) served.push(serve(conn));
}

Deno.test("other people's clients get along with it", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served: Promise<void>[] = [];
  const serving = serveEcho(listener, served);
  const base = `http://127.0.0.1:${listener.addr.port}`;

  const page = await fetch(`${base}/vnc/`);
  assertEquals([page.status, page.headers.get("vary")], [200, "Accept-Encoding"]);
  assertStringIncludes(await page.text(), "<!doctype html>");
  const form = await fetch(base, { method: "POST", body: new Uint8Array(30_000) });
  assertEquals([form.status, (await form.text()).length > 0], [405, true]);

  const socket = new WebSocket(`${base.replace("http", "ws")}/vnc/websocket`, ["binary"]);
  socket.binaryType = "arraybuffer";
  await new Promise((resolve) => socket.onopen = resolve);
  assertEquals(socket.protocol, "binary");
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i);
  const got: number[] = [];
  const back = new Promise<void>((resolve) => {
    socket.onmessage = ({ data }) => {
      for (const byte of new Uint8Array(data)) got.push(byte);
      if (got.length === bytes.length) resolve();
    };
  });
  for (let at = 0; at < bytes.length; at += 10_000) socket.send(bytes.slice(at, at + 10_000));
  await back;
  assertEquals(Uint8Array.from(got), bytes);
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  socket.close(1000);
  const { wasClean, code } = await closed;
  assertEquals([wasClean, code], [true, 1000]);

  listener.close();
  await serving;
  await Promise.all(served);
});

Deno.test("what is still on its way to it doesn't take back the answer", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served: Promise<void>[] = [];
  const serving = serveEcho(listener, served);
  const conn = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  const client = new TcpConnection(conn);
  const head = requestHead("POST / HTTP/1.1", "Host: box", "Content-Length: 30000");
  await client.write(latin1Bytes(head));
  assertEquals((await readAnswer(client)).status, 405);
  // A reset, as of a connection that was closed with something unread, would end this.
  for (let i = 0; i < 30; i++) await client.write(new Uint8Array(1000));
  await conn.closeWrite();
  assertEquals(await client.read(), null);
  client.close();

  listener.close();
  await serving;
  await Promise.all(served);
});
