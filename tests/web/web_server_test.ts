import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { createLogger } from "../../src/log.ts";
import { ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { Hosts } from "../../src/web/hosts.ts";
import { WebServer } from "../../src/web/web_server.ts";
import { FakeTimers } from "../support/fake_timers.ts";
import {
  answerTo,
  type HttpAnswer,
  latin1Bytes,
  readAnswer,
  requestHead,
} from "../support/http_client.ts";
import { littlePage } from "../support/little_page.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { ScriptedConnection } from "../support/scripted_connection.ts";
import { PROXY, visit, type WebVisitOptions } from "../support/web_visit.ts";

const HOST = "Host: box:5900";

/** What a request is answered by; the connection is closed then, and nothing is left. */
async function answered(request: string, options?: WebVisitOptions): Promise<HttpAnswer> {
  const { client, served } = visit(options);
  const answer = await answerTo(client, request);
  assertEquals(await served, undefined);
  assertEquals(answer.headers.get("connection"), "close");
  assertEquals(answer.headers.has("server"), false);
  return answer;
}

const textOf = (answer: HttpAnswer) => new TextDecoder().decode(answer.body);

Deno.test("the page is served", async () => {
  const answer = await answered(requestHead("GET / HTTP/1.1", HOST));
  assertEquals(answer.status, 200);
  assertStringIncludes(textOf(answer), "<!doctype html>");
  assertStringIncludes(answer.headers.get("content-security-policy")!, "ws://box:5900");
  assertEquals(answer.headers.get("content-type"), "text/html; charset=utf-8");
});

Deno.test("its head is the same without it", async () => {
  const [get, head] = [
    await answered(requestHead("GET / HTTP/1.1", HOST)),
    await answered(requestHead("HEAD / HTTP/1.1", HOST)),
  ];
  assertEquals([head.status, head.body.length], [200, 0]);
  const names = [...get.headers.keys()].filter((name) => name !== "date");
  assertEquals(
    names.map((name) => head.headers.get(name)),
    names.map((name) => get.headers.get(name)),
  );
});

Deno.test("who has it is told so", async () => {
  const accept = "Accept-Encoding: gzip";
  const first = await answered(requestHead("GET / HTTP/1.1", HOST, accept));
  assertEquals(first.headers.get("content-encoding"), "gzip");
  const tag = `If-None-Match: ${first.headers.get("etag")}`;
  const again = await answered(requestHead("GET / HTTP/1.1", HOST, accept, tag));
  assertEquals([again.status, again.body.length, again.headers.has("content-length")], [
    304,
    0,
    false,
  ]);
});

/** Requests, and the numbers of their answers. */
const REQUESTS: [what: string, status: number, request: string][] = [
  ["an old browser", 200, requestHead("GET / HTTP/1.0", HOST)],
  ["empty lines in front", 200, `\r\n\r\n${requestHead("GET / HTTP/1.1", HOST)}`],
  ["other headers", 200, requestHead("GET / HTTP/1.1", HOST, "Cookie: a=b", "Range: bytes=0-1")],
  [
    "another protocol",
    200,
    requestHead(
      "GET / HTTP/1.1",
      HOST,
      "Connection: Upgrade, HTTP2-Settings",
      "Upgrade: h2c",
      "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
    ),
  ],
  ["two requests at once", 200, requestHead("GET / HTTP/1.1", HOST).repeat(2)],
  ["a page that isn't there", 404, requestHead("GET /vnc.html HTTP/1.1", HOST)],
  ["a file", 404, requestHead("GET /../../../etc/passwd HTTP/1.1", HOST)],
  ["a place for WebSockets only", 426, requestHead("GET /websocket HTTP/1.1", HOST)],
  [
    "a WebSocket that a proxy broke",
    426,
    requestHead(
      "GET /websocket HTTP/1.1",
      HOST,
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ),
  ],
  ["a form", 405, requestHead("POST / HTTP/1.1", HOST, "Content-Length: 3") + "a=b"],
  [
    "a form that waits",
    405,
    requestHead(
      "POST / HTTP/1.1",
      HOST,
      "Content-Length: 3",
      "Expect: 100-continue",
    ),
  ],
  ["an unknown expectation", 200, requestHead("GET / HTTP/1.1", HOST, "Expect: 200-ok")],
  ["another method", 405, requestHead("DELETE / HTTP/1.1", HOST)],
  ["a tunnel", 405, requestHead("CONNECT evil.example:443 HTTP/1.1", HOST)],
  ["options of everything", 405, requestHead("OPTIONS * HTTP/1.1", HOST)],
  ["an unknown method", 400, requestHead("FROB / HTTP/1.1", HOST)],
  ["a method in small letters", 400, requestHead("get / HTTP/1.1", HOST)],
  ["a body", 413, requestHead("GET / HTTP/1.1", HOST, "Content-Length: 3") + "abc"],
  ["a body that never comes", 413, requestHead("GET / HTTP/1.1", HOST, "Content-Length: 999999")],
  [
    "a body in chunks",
    413,
    requestHead("GET / HTTP/1.1", HOST, "Transfer-Encoding: chunked") +
    "3\r\nabc\r\n0\r\n\r\n",
  ],
  [
    "two lengths",
    400,
    requestHead("GET / HTTP/1.1", HOST, "Content-Length: 0", "Content-Length: 5"),
  ],
  [
    "a length and chunks",
    400,
    requestHead(
      "GET / HTTP/1.1",
      HOST,
      "Content-Length: 5",
      "Transfer-Encoding: chunked",
    ),
  ],
  ["a proxy's request", 400, requestHead("GET http://box:5900/ HTTP/1.1", HOST)],
  ["no host", 400, requestHead("GET / HTTP/1.1")],
  ["an old browser without a host", 400, requestHead("GET / HTTP/1.0")],
  ["two hosts", 400, requestHead("GET / HTTP/1.1", HOST, "Host: evil.example")],
  ["the same host twice", 400, requestHead("GET / HTTP/1.1", HOST, HOST)],
  ["an empty host", 400, requestHead("GET / HTTP/1.1", "Host:")],
  ["a user in the host", 400, requestHead("GET / HTTP/1.1", "Host: a@box")],
  ["another host", 421, requestHead("GET / HTTP/1.1", "Host: evil.example:5900")],
  [
    "another host's WebSocket",
    421,
    requestHead(
      "GET /websocket HTTP/1.1",
      "Host: evil.example",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ),
  ],
  ["a folded header", 400, requestHead("GET / HTTP/1.1", "Host: box", " evil.example")],
  ["a space in front of a colon", 400, requestHead("GET / HTTP/1.1", "Host : box")],
  ["a zero byte", 400, requestHead("GET / HTTP/1.1", "Host: box\0")],
  ["a header without a name", 400, requestHead("GET / HTTP/1.1", HOST, ": a")],
  ["lines that end otherwise", 400, `GET / HTTP/1.1\nHost: box\n\n`],
  ["letters that are none of a path's", 400, requestHead("GET /\xe9 HTTP/1.1", HOST)],
  ["HTTP/2 by name", 505, requestHead("GET / HTTP/2.0", HOST)],
  ["HTTP/2", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["HTTP/1.2", 400, requestHead("GET / HTTP/1.2", HOST)],
  ["no HTTP", 400, "GET / FTP/1.1\r\n\r\n"],
  ["a long path", 431, requestHead(`GET /${"a".repeat(9000)} HTTP/1.1`, HOST)],
  ["a long header", 431, requestHead("GET / HTTP/1.1", HOST, `Cookie: ${"a".repeat(9000)}`)],
  ["many headers", 431, requestHead("GET / HTTP/1.1", ...Array(3000).fill("a: bcd"), HOST)],
  [
    "a host behind too many headers",
    400,
    requestHead(
      "GET / HTTP/1.1",
      ...Array(2500).fill("a:"),
      HOST,
    ),
  ],
];

for (const [what, status, request] of REQUESTS) {
  Deno.test(`${what} is answered by ${status}`, async () => {
    const answer = await answered(request);
    assertEquals(answer.status, status, textOf(answer));
    if (status !== 200) {
      assertEquals(answer.headers.get("content-type"), "text/plain; charset=utf-8");
      assertEquals(answer.headers.get("x-content-type-options"), "nosniff");
    }
  });
}

Deno.test("who is asked to do nothing says what can be done", async () => {
  const answer = await answered(requestHead("PUT / HTTP/1.1", HOST));
  assertEquals(answer.headers.get("allow"), "GET, HEAD");
});

Deno.test("it says which option lets another name in, and the log does", async () => {
  const { client, served, log } = visit();
  const answer = await answerTo(client, requestHead("GET / HTTP/1.1", "Host: other.example"));
  await served;
  assertStringIncludes(textOf(answer), "--web-names");
  assertStringIncludes(log.join(), "other.example");
  assertStringIncludes(log.join(), "192.0.2.2:40000");
});

Deno.test("a trusted proxy's word for the host counts, and nobody else's", async () => {
  const request = requestHead(
    "GET / HTTP/1.1",
    "Host: upstream",
    "X-Forwarded-Host: vnc.example.org",
  );
  assertEquals((await answered(request, { from: PROXY })).status, 200);
  assertEquals((await answered(request)).status, 421);
  const evil = requestHead("GET / HTTP/1.1", HOST, "X-Forwarded-Host: evil.example");
  assertEquals((await answered(evil, { from: PROXY })).status, 421);
  assertEquals((await answered(evil)).status, 200);
});

Deno.test("whom a trusted proxy asks for the page for is told, so that it counts for him", async () => {
  const { client, served, seen } = visit({ from: PROXY });
  await client.write(
    latin1Bytes(requestHead("GET / HTTP/1.1", HOST, "X-Forwarded-For: 203.0.113.5")),
  );
  assertEquals((await readAnswer(client)).status, 200);
  client.close();
  await served;
  assertEquals(seen.map(({ remote }) => remote.hostname), ["203.0.113.5"]);
});

Deno.test("a head that comes byte by byte is a head", async () => {
  const { client, served } = visit();
  for (const byte of latin1Bytes(requestHead("GET / HTTP/1.1", HOST))) {
    await client.write(Uint8Array.of(byte));
  }
  assertEquals((await readAnswer(client)).status, 200);
  client.close();
  await served;
});

Deno.test("a head that isn't there in time is not waited for", async () => {
  for (const start of ["", "GET / HTTP/1.1\r\nHost: bo", "GET /\r\n", "\r\n"]) {
    const { client, served } = visit({ headTime: 50 });
    if (start !== "") await client.write(latin1Bytes(start));
    assertEquals((await readAnswer(client)).status, 408, start);
    assertEquals(await client.read(), null);
    assertEquals(await served, undefined);
    client.close();
  }
});

Deno.test("a head that trickles in is waited for ten seconds, however often something comes", async () => {
  using timers = new FakeTimers();
  // Each byte is taken before the next one is sent.
  const { client, served } = visit({ capacity: 0 });
  for (const byte of latin1Bytes(`GET /${"a".repeat(94)}`)) {
    await client.write(Uint8Array.of(byte));
    timers.pass(100);
    assertEquals(timers.running, 1);
  }
  timers.pass(99);
  assertEquals(timers.running, 1);
  timers.pass(1);
  assertEquals(timers.running, 0);
  assertEquals((await readAnswer(client)).status, 408);
  client.close();
  assertEquals(await served, undefined);
});

Deno.test("a head that never ends is not read to its end", async () => {
  const { client, served } = visit({ capacity: 1024 });
  const line = latin1Bytes("X-Header: a\r\n");
  let sent = 0;
  const sending = (async () => {
    await client.write(latin1Bytes(`GET / HTTP/1.1\r\n${HOST}\r\n`));
    for (;; sent += line.length) await client.write(line);
  })();
  assertEquals((await readAnswer(client)).status, 431);
  client.close();
  await assertRejects(() => sending, ConnectionClosed);
  assertEquals(await served, undefined);
  assert(sent < 100_000, `${sent}`);
});

Deno.test("who doesn't close doesn't stay, and who sends on doesn't stay so long", async () => {
  const silent = visit();
  await silent.client.write(latin1Bytes(requestHead("GET / HTTP/1.1", HOST)));
  assertEquals((await readAnswer(silent.client)).status, 200);
  assertEquals(await silent.client.read(), null);
  assertEquals(await silent.served, undefined);

  const loud = visit({ capacity: 1024 });
  const request = requestHead("GET / HTTP/1.1", HOST, "Content-Length: 1000000000");
  await loud.client.write(latin1Bytes(request));
  const chunk = new Uint8Array(16 * 1024);
  await assertRejects(async () => {
    for (let i = 0; i < 20; i++) await loud.client.write(chunk);
  }, ConnectionClosed);
  assertEquals(await loud.served, undefined);
});

Deno.test("who goes away is gone, wherever that is", async () => {
  const request = requestHead("GET / HTTP/1.1", HOST);
  for (const length of [0, 1, 20, request.length - 1]) {
    const { client, served } = visit();
    await client.write(latin1Bytes(request.slice(0, length)));
    client.close();
    assertEquals(await served, undefined);
  }
  // With the answer still on its way.
  const { client, served } = visit({ capacity: 1000 });
  await client.write(latin1Bytes(request));
  await client.read();
  client.close();
  await served.catch((error) => assert(error instanceof ConnectionClosed));
});

Deno.test("of so many that forward for others without being trusted the log tells, and of no more", async () => {
  const lines: string[] = [];
  const server = new WebServer({
    hosts: new Hosts("box", []),
    page: littlePage,
    isTrusted: () => false,
    log: createLogger("warn", (line) => lines.push(line)),
  });
  const request = requestHead("HEAD / HTTP/1.1", HOST, "X-Forwarded-For: 203.0.113.5");
  for (let i = 0; i < 120; i++) {
    const [end, client] = connectionPair(undefined, `192.0.2.${i}`);
    const served = server.serve(end, false);
    assertEquals((await answerTo(client, request)).status, 200);
    await served;
  }
  assertEquals(lines.length, 100);
  assertStringIncludes(lines.at(-1)!, "192.0.2.99 forwards for others");
});

Deno.test("what is wrong with the connection itself is told as it is", async () => {
  class Broken extends ScriptedConnection {
    closed = false;
    override read() {
      return Promise.reject(new ProtocolError("too much was sent"));
    }
    override close() {
      this.closed = true;
    }
  }
  const silent = { error() {}, warn() {}, info() {}, debug() {} };
  const server = new WebServer({
    hosts: new Hosts("box", []),
    page: littlePage,
    isTrusted: () => false,
    log: silent,
  });
  const connection = new Broken();
  await assertRejects(() => server.serve(connection, false), ProtocolError, "too much was sent");
  assertEquals(connection.closed, true);
});
