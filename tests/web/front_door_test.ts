import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeLatin1 } from "../../src/latin1.ts";
import type { Connection } from "../../src/rfb/connection.ts";
import { ConnectionClosed, ProtocolError } from "../../src/rfb/errors.ts";
import { FrontDoor, type FrontDoorOptions } from "../../src/web/front_door.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { secureContext } from "../support/vencrypt.ts";
import { startTlsClient } from "../support/tls_client.ts";

/** What came to the web server: the first bytes, and whether by TLS. */
interface Visit {
  readonly text: string;
  readonly isTls: boolean;
}

/** A door, who came through it to the web server, and a clock. */
class Doorway {
  readonly visits: Visit[] = [];
  /** The addresses of those who were told to be there. */
  readonly moves: string[] = [];
  readonly clock = { now: 0 };
  readonly door: FrontDoor;

  constructor(options: Partial<FrontDoorOptions> = {}) {
    this.door = new FrontDoor({
      web: {
        serve: (connection, isTls, moved) => {
          moved(connection);
          return this.#serve(connection, isTls);
        },
        secureContext: () => secureContext("TLSv1.3"),
      },
      isTrusted: () => false,
      roundTripOf: () => 0,
      now: () => this.clock.now,
      ...options,
    });
  }

  async #serve(connection: Connection, isTls: boolean): Promise<Connection | undefined> {
    const text = new TextDecoder().decode((await connection.read())!);
    this.visits.push({ text, isTls });
    return text.includes("websocket") ? connection : undefined;
  }

  enter(from?: string) {
    const [server, client] = connectionPair(undefined, from);
    const entering = this.door.enter(server, ({ remote }) => this.moves.push(remote.hostname));
    return { entering, client };
  }
}

/** Keeps what is to be done in a second or later until the test does it. */
class LongWaits implements Disposable {
  readonly due: { readonly task: () => void; readonly time: number }[] = [];
  readonly #real = globalThis.setTimeout;

  constructor() {
    globalThis.setTimeout = ((task: () => void, time: number) => {
      if (time < 1000) return this.#real(task, time);
      this.due.push({ task, time });
      return 0;
    }) as unknown as typeof setTimeout;
  }

  [Symbol.dispose](): void {
    globalThis.setTimeout = this.#real;
  }
}

const text = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? undefined);

Deno.test("who says nothing is a viewer, and loses nothing of what it says later", async () => {
  const { entering, client } = new Doorway().enter();
  const entrance = await entering;
  assertEquals(entrance?.inBrowser, false);
  await client.write(encodeLatin1("RFB 003.008\n"));
  assertEquals(text(await entrance!.connection.read()), "RFB 003.008\n");
});

Deno.test("who speaks RFB at once is a viewer", async () => {
  const { entering, client } = new Doorway({ roundTripOf: () => 1e6 }).enter();
  await client.write(encodeLatin1("R"));
  const entrance = await entering;
  assertEquals(entrance?.inBrowser, false);
  assertEquals(text(await entrance!.connection.read()), "R");
});

Deno.test("a request goes to the web server, whole, however it is cut", async () => {
  const doorway = new Doorway({ roundTripOf: () => 1e6 });
  const { entering, client } = doorway.enter();
  for (const part of ["G", "E", "T / HTTP/1.1\r\n"]) await client.write(encodeLatin1(part));
  assertEquals(await entering, undefined);
  assertEquals(doorway.visits, [{ text: "GET / HTTP/1.1\r\n", isTls: false }]);
});

Deno.test("a WebSocket is a viewer in a browser", async () => {
  const { entering, client } = new Doorway({ roundTripOf: () => 1e6 }).enter();
  await client.write(encodeLatin1("GET /websocket HTTP/1.1\r\n"));
  assertEquals((await entering)?.inBrowser, true);
});

Deno.test("behind TLS there is the web server", async () => {
  const doorway = new Doorway({ roundTripOf: () => 1e6 });
  const { entering, client } = doorway.enter();
  const stream = await startTlsClient(client);
  await stream.write(encodeLatin1("GET /websocket HTTP/1.1\r\n"));
  const entrance = await entering;
  assertEquals(doorway.visits, [{ text: "GET /websocket HTTP/1.1\r\n", isTls: true }]);
  assertEquals([entrance?.inBrowser, entrance?.connection.isPrivate], [true, true]);
  entrance?.connection.close();
});

Deno.test("TLS that fails leaves nothing open", async () => {
  const { entering, client } = new Doorway({ roundTripOf: () => 1e6 }).enter();
  await client.write(Uint8Array.of(22, 3, 1, 255, 255, 1));
  await assertRejects(() => entering, ProtocolError, "TLS");
  for (;;) if (await client.read() === null) break;
});

Deno.test("what goes wrong behind TLS leaves nothing open", async () => {
  const serve = () => Promise.reject(new ProtocolError("no page"));
  const web = { serve, secureContext: () => secureContext("TLSv1.3") };
  const { entering, client } = new Doorway({ roundTripOf: () => 1e6, web }).enter();
  const shaking = startTlsClient(client);
  await assertRejects(() => entering, ProtocolError, "no page");
  const stream = await shaking;
  assertEquals(await stream.read(), null);
});

Deno.test("who goes without a word was nobody", async () => {
  for (const said of ["", "GE"]) {
    const { entering, client } = new Doorway().enter();
    if (said !== "") await client.write(encodeLatin1(said));
    client.close();
    assertEquals(await entering, undefined, said);
  }
});

Deno.test("a browser that spoke too late is found out, and waited for the next time", async () => {
  const doorway = new Doorway();
  for (const hello of ["GET / HTTP/1.1\r\n", "\x16\x03\x01"]) {
    const from = `192.0.2.${hello.length}`;
    const { entering, client } = doorway.enter(from);
    const entrance = await entering;
    doorway.clock.now += 80;
    await client.write(encodeLatin1(hello));
    await assertRejects(() => entrance!.connection.read(), ProtocolError, "a browser");
    const again = doorway.enter(from);
    // Later than it would have been waited for the first time.
    await new Promise((resolve) => setTimeout(resolve, 40));
    await again.client.write(encodeLatin1("GET / HTTP/1.1\r\n"));
    assertEquals(await again.entering, undefined);
  }
  assertEquals(doorway.visits.length, 2);
});

Deno.test("at a port for browsers there is nobody else", async () => {
  const doorway = new Doorway({ webOnly: true });
  const silent = doorway.enter();
  const viewer = doorway.enter();
  await viewer.client.write(encodeLatin1("RFB 003.008\n"));
  await assertRejects(() => viewer.entering, ProtocolError, "another");
  await silent.client.write(encodeLatin1("GET / HTTP/1.1\r\n"));
  assertEquals(await silent.entering, undefined);
  assertEquals(doorway.visits.length, 1);
});

Deno.test("at a port for browsers, a connection on which nothing is said goes quietly", async () => {
  using clock = new LongWaits();
  const { entering, client } = new Doorway({ webOnly: true }).enter();
  // Sooner than a handshake takes too long.
  assert(clock.due.length === 1 && clock.due[0]!.time < 60_000);
  clock.due[0]!.task();
  await assertRejects(() => entering, ConnectionClosed, "to spare");
  client.close();
});

Deno.test("where there is no page nobody waits, nor is looked at", async () => {
  const { door } = new Doorway({ web: undefined });
  const [server] = connectionPair();
  assert((await door.enter(server))?.connection === server);
});

Deno.test("a proxy's header is believed from trusted addresses only", async () => {
  const doorway = new Doorway({
    isTrusted: (address) => address === "192.0.2.1",
    roundTripOf: () => 1e6,
  });
  const header = encodeLatin1("PROXY TCP4 203.0.113.5 192.0.2.1 41822 5900\r\n");
  const other = doorway.enter("192.0.2.2");
  await other.client.write(header);
  await assertRejects(() => other.entering, ProtocolError, "--trust-proxy");
  const proxy = doorway.enter("192.0.2.1");
  await proxy.client.write(header);
  await proxy.client.write(encodeLatin1("RFB 003.008\n"));
  const entrance = await proxy.entering;
  assertEquals(entrance?.connection.remote, { hostname: "203.0.113.5", port: 41822 });
  assertEquals(text(await entrance!.connection.read()), "RFB 003.008\n");
});

Deno.test("for whom a proxy connects is told before he speaks, unless it is a proxy again", async () => {
  const doorway = new Doorway({ isTrusted: (address) => address.startsWith("192.0.2.") });
  const headers = [
    "PROXY TCP4 203.0.113.5 192.0.2.1 41822 5900\r\n",
    "PROXY TCP4 192.0.2.9 192.0.2.1 41822 5900\r\n",
    "PROXY UNKNOWN\r\n",
  ];
  for (const header of headers) {
    const { entering, client } = doorway.enter("192.0.2.1");
    await client.write(encodeLatin1(`${header}G`));
    await new Promise((resolve) => setTimeout(resolve, 10));
    client.close();
    assertEquals(await entering, undefined);
  }
  assertEquals(doorway.moves, ["203.0.113.5"]);
});

Deno.test("who comes is told once, whoever it is", async () => {
  const header = "PROXY TCP4 203.0.113.5 192.0.2.1 41822 5900\r\n";
  const words = ["", "RFB 003.008\n", "GET / HTTP/1.1\r\n"];
  for (const [sent, who] of [["", "192.0.2.1"], [header, "203.0.113.5"]] as const) {
    for (const word of words) {
      const doorway = new Doorway({ isTrusted: (address) => address === "192.0.2.1" });
      const { entering, client } = doorway.enter("192.0.2.1");
      if (sent + word !== "") await client.write(encodeLatin1(sent + word));
      const entrance = await entering;
      assertEquals(doorway.moves, [who], sent + word);
      entrance?.connection.close();
    }
  }
  const viewersOnly = new Doorway({ web: undefined });
  await viewersOnly.enter("192.0.2.2").entering;
  assertEquals(viewersOnly.moves, ["192.0.2.2"]);
});

Deno.test("a browser's word in the same piece as the proxy's header is heard", async () => {
  const doorway = new Doorway({ isTrusted: () => true });
  const { entering, client } = doorway.enter();
  const header = "PROXY TCP4 203.0.113.5 192.0.2.1 41822 5900\r\n";
  await client.write(encodeLatin1(`${header}GET / HTTP/1.1\r\n`));
  assertEquals(await entering, undefined);
  assertEquals(doorway.visits, [{ text: "GET / HTTP/1.1\r\n", isTls: false }]);
});

Deno.test("a browser's connection to spare isn't greeted, and serves its next request", async () => {
  const doorway = new Doorway();
  const page = "GET / HTTP/1.1\r\nUpgrade-Insecure-Requests: 1\r\n";
  const { entering, client } = doorway.enter("192.0.2.7");
  await client.write(encodeLatin1(page));
  assertEquals(await entering, undefined);
  doorway.clock.now += 400;
  const spare = doorway.enter("192.0.2.7");
  // From another place, or later, that is a viewer; so is whoever comes as well.
  assertEquals((await doorway.enter("192.0.2.8").entering)?.inBrowser, false);
  assertEquals((await doorway.enter("192.0.2.7").entering)?.inBrowser, false);
  await spare.client.write(encodeLatin1("GET /next HTTP/1.1\r\n"));
  assertEquals(await spare.entering, undefined);
  assertEquals(doorway.visits.map(({ text }) => text), [page, "GET /next HTTP/1.1\r\n"]);
});

Deno.test("what a page's script asks for makes nobody wait", async () => {
  const doorway = new Doorway();
  const { entering, client } = doorway.enter();
  await client.write(encodeLatin1("GET / HTTP/1.1\r\nUser-Agent: Mozilla/5.0\r\n"));
  assertEquals(await entering, undefined);
  assertEquals((await doorway.enter().entering)?.inBrowser, false);
});

Deno.test("a viewer that doesn't greet back is closed before long", async () => {
  using clock = new LongWaits();
  const doorway = new Doorway();
  const silent = await doorway.enter().entering;
  const reading = silent!.connection.read();
  assertEquals(clock.due.length, 1);
  clock.due[0]!.task();
  await assertRejects(() => reading, ConnectionClosed, "it didn't answer the greeting");
});
