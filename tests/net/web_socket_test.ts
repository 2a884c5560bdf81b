// These need a permission, as the package ws looks at two environment variables when it's loaded.

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Connection } from "../../src/rfb/connection.ts";
import { ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { answerTo, requestHead } from "../support/http_client.ts";
import {
  closeFrame,
  frame,
  type FrameOptions,
  OPCODES,
  UPGRADE,
  WebSocketClient,
} from "../support/web_socket_client.ts";
import { PROXY, visit, type WebVisitOptions } from "../support/web_visit.ts";

const HOST = "Host: box:5900";

interface Opened {
  readonly client: WebSocketClient;
  readonly server: Connection;
  /** What the WebSocket is on, at the client's end. */
  readonly below: Connection;
  readonly log: string[];
}

async function open(headers: string[] = [HOST], options?: WebVisitOptions): Promise<Opened> {
  const { client: below, served, log } = visit(options);
  const client = await WebSocketClient.open(below, headers);
  const server = await served;
  assert(server !== undefined);
  return { client, server, below, log };
}

const bytes = (...values: number[]) => Uint8Array.from(values);

function leave({ client, server }: Opened): void {
  client.close();
  server.close();
}

Deno.test("bytes go both ways", async () => {
  const opened = await open();
  const { client, server } = opened;
  await client.write(bytes(1, 2, 3));
  assertEquals(bytes(...(await server.read())!), bytes(1, 2, 3));
  await server.write(bytes(4, 5));
  assertEquals(await client.read(), bytes(4, 5));
  assertEquals(server.peer, "192.0.2.2:40000");
  assertEquals(server.local, { hostname: "192.0.2.1", port: 5900 });
  assertEquals(server.isPrivate, false);
  leave(opened);
});

Deno.test("a browser's own page opens it, another's doesn't", async () => {
  leave(await open([HOST, "Origin: http://box:5900", "Sec-Fetch-Site: same-origin"]));
  const refused = [
    ["Origin: http://evil.example"],
    ["Origin: null"],
    ["Origin: http://box:5901"],
    ["Origin: http://box:5900", "Origin: http://evil.example"],
    ["Origin: http://box:5900", "Sec-Fetch-Site: cross-site"],
    ["Origin: https://box:5900.evil.example"],
  ];
  for (const headers of refused) {
    const { client, served, log } = visit();
    const request = requestHead("GET /websocket HTTP/1.1", HOST, ...headers, ...UPGRADE);
    assertEquals((await answerTo(client, request)).status, 403, headers.join());
    assertEquals(await served, undefined);
    assertStringIncludes(log.join(), "192.0.2.2:40000: a page may not connect");
  }
});

Deno.test("over TLS the page has to have come over it, too", async () => {
  leave(await open([HOST, "Origin: https://box:5900"], { isTls: true }));
  const { client, served } = visit({ isTls: true });
  const request = requestHead("GET / HTTP/1.1", HOST).replace("/ ", "/websocket ");
  const full = request.replace(
    "\r\n\r\n",
    `\r\nOrigin: http://box:5900\r\n${UPGRADE.join("\r\n")}\r\n\r\n`,
  );
  assertEquals((await answerTo(client, full)).status, 403);
  assertEquals(await served, undefined);
});

Deno.test("of the protocols inside, binary is taken", async () => {
  const protocolOf = async (...lines: string[]) => {
    const opened = await open([HOST, ...lines]);
    leave(opened);
    return opened.client.answer.headers.get("sec-websocket-protocol");
  };
  assertEquals(await protocolOf("Sec-WebSocket-Protocol: binary"), "binary");
  assertEquals(await protocolOf("Sec-WebSocket-Protocol: base64, binary"), "binary");
  assertEquals(await protocolOf("Sec-WebSocket-Protocol: base64"), undefined);
  assertEquals(await protocolOf(), undefined);
});

Deno.test("no extension is taken", async () => {
  const opened = await open([HOST, "Sec-WebSocket-Extensions: permessage-deflate"]);
  assertEquals(opened.client.answer.headers.get("sec-websocket-extensions"), undefined);
  leave(opened);
});

Deno.test("a request that makes no WebSocket is answered by 400", async () => {
  const wrong: string[][] = [
    UPGRADE.filter((line) => !line.includes("Key")),
    UPGRADE.map((line) => line.replace(/Key: .*/, "Key: short")),
    [...UPGRADE, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="],
    [...UPGRADE, "Sec-WebSocket-Protocol: a,,b"],
    [...UPGRADE, "Sec-WebSocket-Protocol: binary, binary"],
  ];
  for (const headers of wrong) {
    const { client, served } = visit();
    const answer = await answerTo(client, requestHead("GET /websocket HTTP/1.1", HOST, ...headers));
    assertEquals(answer.status, 400, headers.join());
    assertEquals(await served, undefined);
  }
});

Deno.test("a trusted proxy says who it is", async () => {
  const forwarded = ["X-Forwarded-For: 198.51.100.1, 203.0.113.5", "X-Forwarded-Proto: http"];
  const trusted = await open([HOST, ...forwarded], { from: PROXY });
  assertEquals(trusted.server.remote, { hostname: "203.0.113.5", port: 0 });
  assertEquals(trusted.server.peer, `203.0.113.5 through ${PROXY}:40000`);
  assertEquals(trusted.server.isPrivate, false);
  leave(trusted);
});

Deno.test("who isn't trusted is not believed, which the log says once", async () => {
  const forwarded = [HOST, "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https"];
  const first = await open(forwarded, { from: "192.0.2.77" });
  assertEquals(first.server.remote.hostname, "192.0.2.77");
  assertEquals(first.server.isPrivate, false);
  assertStringIncludes(first.log.join(), "192.0.2.77 forwards for others");
  assertStringIncludes(first.log.join(), "--trust-proxy");
  leave(first);
  const second = await open(forwarded, { from: "192.0.2.77" });
  assertEquals(second.log, []);
  leave(second);
});

Deno.test("messages may come in fragments, with pings between them, and in any pieces", async () => {
  const message = [
    frame({ payload: bytes(1), fin: false }),
    frame({ opcode: OPCODES.ping, payload: bytes(9) }),
    frame({ opcode: OPCODES.continuation, payload: bytes(), fin: false }),
    frame({ opcode: OPCODES.continuation, payload: bytes(2, 3), lengthBits: 64 }),
    frame({ payload: bytes() }),
    frame({ payload: bytes(4), lengthBits: 16 }),
  ].flatMap((each) => [...each]);
  for (const size of [1, 2, 7, 1000]) {
    const opened = await open();
    const reading =
      (async () => [...(await opened.server.read())!, ...(await opened.server.read())!])();
    for (let at = 0; at < message.length; at += size) {
      await opened.client.send(Uint8Array.from(message.slice(at, at + size)));
    }
    assertEquals(await reading, [1, 2, 3, 4]);
    assertEquals(await opened.client.readFrame(), {
      opcode: OPCODES.pong,
      fin: true,
      payload: bytes(9),
    });
    leave(opened);
  }
});

Deno.test("what comes with the request isn't lost", async () => {
  const { client, served } = visit();
  const request = requestHead("GET /websocket HTTP/1.1", HOST, ...UPGRADE);
  const head = Uint8Array.from(request, (character) => character.charCodeAt(0));
  await client.write(
    bytes(...head, ...frame({ payload: bytes(7) }), ...frame({ payload: bytes(8) })),
  );
  const server = (await served)!;
  assertEquals([...(await server.read())!, ...(await server.read())!], [7, 8]);
  server.close();
});

/** Frames that break the rules, and the code of the close frame that answers them. */
const WRONG: [what: string, code: number, ...frames: FrameOptions[]][] = [
  ["text", 1003, { opcode: OPCODES.text, payload: bytes(65) }],
  ["text that is none", 1007, { opcode: OPCODES.text, payload: bytes(0xff) }],
  ["a frame without a mask", 1002, { payload: bytes(1), masked: false }],
  ["a ping without a mask", 1002, { opcode: OPCODES.ping, masked: false }],
  ["a message of 2 MB", 1009, { length: 2n << 20n }],
  ["a message of 4 GB", 1009, { length: 1n << 32n }],
  ["a message of 2^53 bytes", 1009, { length: 1n << 53n }],
  ["a message of 2^64 - 1 bytes", 1009, { length: (1n << 64n) - 1n }],
  ["a compressed frame", 1002, { reserved: 4 }],
  ["a frame with the second reserved bit", 1002, { reserved: 2 }],
  ["a frame with the third reserved bit", 1002, { reserved: 1 }],
  ["an unknown opcode", 1002, { opcode: 3 }],
  ["an unknown control opcode", 1002, { opcode: 15 }],
  ["a ping of 126 bytes", 1002, { opcode: OPCODES.ping, payload: new Uint8Array(126) }],
  ["a ping in fragments", 1002, { opcode: OPCODES.ping, fin: false }],
  ["a continuation of nothing", 1002, { opcode: OPCODES.continuation }],
  ["a message inside another", 1002, { fin: false }, { payload: bytes(1) }],
  ["a close frame of one byte", 1002, { opcode: OPCODES.close, payload: bytes(3) }],
  ["a close frame with a code that means none", 1002, {
    opcode: OPCODES.close,
    payload: bytes(3, 0xed),
  }],
  ["a close frame that explains itself in no text", 1007, {
    opcode: OPCODES.close,
    payload: bytes(3, 0xe8, 0xff),
  }],
  [
    "fragments that never end",
    1008,
    ...Array(257).fill({ fin: false }).map((each, i) => ({
      ...each,
      opcode: i === 0 ? OPCODES.binary : OPCODES.continuation,
    })),
  ],
  ["fragments that are too much together", 1009, { payload: bytes(1), fin: false }, {
    opcode: OPCODES.continuation,
    length: (1n << 20n) + 1024n,
  }],
];

for (const [what, code, ...frames] of WRONG) {
  Deno.test(`${what} ends the WebSocket by ${code}`, async () => {
    const { client, server } = await open();
    await client.write(bytes(42));
    // What comes behind it counts for nothing.
    for (const each of [...frames, { payload: bytes(43) }]) await client.send(frame(each));
    assertEquals([...(await server.read())!], [42]);
    await assertRejects(() => server.read(), ProtocolError, "WebSocket: ");
    await assertRejects(() => server.read(), ProtocolError);
    server.close();
    const answer = await client.readFrame();
    assertEquals(answer?.opcode, OPCODES.close);
    assertEquals(answer!.payload[0]! << 8 | answer!.payload[1]!, code);
    assertEquals(await client.readFrame(), null);
    client.close();
  });
}

Deno.test("a close frame is an orderly end, and is answered", async () => {
  for (
    const [sent, back] of [[closeFrame(1000), [3, 232]], [closeFrame(1001), [3, 233]], [
      frame({ opcode: OPCODES.close }),
      [],
    ]] as const
  ) {
    const { client, server } = await open();
    await client.write(bytes(1));
    await client.send(sent);
    assertEquals([...(await server.read())!], [1]);
    assertEquals(await server.read(), null);
    assertEquals(await server.read(), null);
    assertEquals([...(await client.readFrame())!.payload], [...back]);
    assertEquals(await client.readFrame(), null);
    const late = () => server.write(bytes(1));
    await assertRejects(late, ConnectionClosed, "the connection was closed by the peer");
    server.close();
  }
});

Deno.test("an end without a close frame is a broken connection", async () => {
  const { client, server } = await open();
  const reading = server.read();
  client.close();
  await assertRejects(() => reading, ConnectionClosed);
  await assertRejects(() => server.write(bytes(1)), ConnectionClosed);
  server.close();
});

Deno.test("closing tells the client, and lets go of whoever reads", async () => {
  const { client, server } = await open();
  const reading = server.read();
  server.close();
  server.close();
  await assertRejects(() => reading, ConnectionClosed);
  await assertRejects(() => server.read(), ConnectionClosed);
  await assertRejects(() => server.write(bytes(1)), ConnectionClosed);
  assertEquals(await client.readFrame(), {
    opcode: OPCODES.close,
    fin: true,
    payload: bytes(3, 232),
  });
  assertEquals(await client.readFrame(), null);
});

Deno.test("who is sent away is told why, behind what was being written", async () => {
  const { client, server } = await open([HOST], { capacity: 100 });
  const reading = server.read();
  const writing = server.write(new Uint8Array(1000));
  server.close("another one came");
  // The connection's other end doesn't take that back.
  server.close();
  assertEquals((await client.read())!.length, 1000);
  await writing;
  const { opcode, payload } = (await client.readFrame())!;
  assertEquals([opcode, new DataView(payload.buffer, payload.byteOffset).getUint16(0)], [
    OPCODES.close,
    4000,
  ]);
  assertEquals(new TextDecoder().decode(payload.subarray(2)), "another one came");
  await assertRejects(() => server.write(bytes(1)), ConnectionClosed);
  // What comes in the meantime isn't taken any more.
  await client.write(bytes(1));
  await client.send(closeFrame(4000));
  assertEquals(await client.readFrame(), null);
  assertEquals(await reading, null);
});

Deno.test("who doesn't answer that is gone all the same", async () => {
  const { client, server } = await open([HOST], { capacity: 100 });
  server.write(new Uint8Array(1000)).catch(() => {});
  server.close("another one came");
  await assertRejects(() => server.read(), ConnectionClosed);
  client.close();
});

Deno.test("closing doesn't wait for a client that doesn't read", async () => {
  const { client, server, below } = await open([HOST], { capacity: 1000 });
  const writing = server.write(new Uint8Array(100_000));
  server.close();
  await assertRejects(() => writing, ConnectionClosed);
  await assertRejects(() => below.write(bytes(1)), ConnectionClosed);
  client.close();
});

Deno.test("what is written comes in messages that a browser can show at once", async () => {
  const opened = await open();
  const { client, server } = opened;
  const picture = Uint8Array.from({ length: 1 << 20 }, (_, i) => i * 7 >> 3);
  const writing = server.write(picture);
  const got = new Uint8Array(picture.length);
  for (let at = 0; at < got.length;) {
    const message = (await client.read())!;
    assert(message.length <= 65536, `${message.length}`);
    got.set(message, at);
    at += message.length;
  }
  await writing;
  assertEquals(got, picture);
  await server.write(bytes());
  await server.write(bytes(1));
  assertEquals(await client.read(), bytes(1));
  leave(opened);
});

Deno.test("a write is pending while the client doesn't read", async () => {
  const opened = await open([HOST], { capacity: 70_000 });
  let written = false;
  const writing = opened.server.write(new Uint8Array(200_000)).then(() => written = true);
  for (let i = 0; i < 100; i++) await new Promise((resolve) => setTimeout(resolve));
  assertEquals(written, false);
  for (let got = 0; got < 200_000;) got += (await opened.client.read())!.length;
  await writing;
  leave(opened);
});

Deno.test("nothing is taken from a client while nobody waits for it", async () => {
  const opened = await open([HOST], { capacity: 1000 });
  const { client, server } = opened;
  let sent = 0;
  const sending = (async () => {
    for (; sent < 100; sent++) await client.write(new Uint8Array(500));
  })();
  await server.read();
  for (let i = 0; i < 100; i++) await new Promise((resolve) => setTimeout(resolve));
  assert(sent < 10, `${sent}`);
  for (let i = 1; i < 100; i++) await server.read();
  await sending;
  leave(opened);
});

Deno.test("a message in too many pieces isn't kept piece by piece", async () => {
  const { client, server } = await open();
  // A piece costs more memory than the one byte in it.
  const message = frame({ payload: new Uint8Array(20_000) });
  const sending = (async () => {
    for (let i = 0; i < 5000; i++) await client.send(message.subarray(i, i + 1));
  })();
  await assertRejects(() => server.read(), ProtocolError, "WebSocket: ");
  await sending;
  server.close();
  assertEquals([...(await client.readFrame())!.payload], [1008 >> 8, 1008 & 255]);
  client.close();
});

Deno.test("a message in as many pieces as networks make of it is taken", async () => {
  const opened = await open();
  const reading = opened.server.read();
  const message = frame({ payload: new Uint8Array(3000) });
  for (const byte of message) await opened.client.send(Uint8Array.of(byte));
  assertEquals((await reading)!.length, 3000);
  leave(opened);
});

Deno.test("who floods with pings and doesn't read their answers is cut off soon", async () => {
  const { client, server, below } = await open([HOST], { capacity: 300 });
  const reading = server.read();
  const ping = frame({ opcode: OPCODES.ping, payload: new Uint8Array(125) });
  let sent = 0;
  await assertRejects(async () => {
    for (; sent < 1000; sent++) await below.write(ping);
  }, ConnectionClosed);
  await assertRejects(() => reading, ConnectionClosed);
  // A few are in the connection's own buffers besides.
  assert(16 <= sent && sent < 30, `${sent}`);
  client.close();
});

Deno.test("pings whose answers are read may be many", async () => {
  const opened = await open();
  const reading = opened.server.read();
  for (let i = 0; i < 500; i++) {
    await opened.client.send(frame({ opcode: OPCODES.ping, payload: bytes(i & 255) }));
    assertEquals((await opened.client.readFrame())!.payload, bytes(i & 255));
  }
  await opened.client.write(bytes(1));
  assertEquals([...(await reading)!], [1]);
  leave(opened);
});
