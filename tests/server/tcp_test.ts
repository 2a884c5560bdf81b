import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { formatAddress, TcpConnection } from "../../src/server/tcp_connection.ts";
import { Session } from "../support/session.ts";
import { TestViewer } from "../support/test_viewer.ts";

async function connect(hostname: string, port: number): Promise<TestViewer> {
  return new TestViewer(new TcpConnection(await Deno.connect({ hostname, port })));
}

Deno.test("a viewer connects over TCP, by IPv4 and by IPv6, to all addresses at once", async () => {
  await using session = new Session();
  const [address] = session.server.listen(undefined, 0);
  assert(address!.port > 0);
  const hosts = address!.hostname === "::" ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
  for (const hostname of hosts) {
    const viewer = await connect(hostname, address!.port);
    await viewer.login();
    await viewer.request(false);
    await viewer.update();
    viewer.close();
  }
});

Deno.test("a port that is taken is an error, and leaves nothing listening", async () => {
  await using first = new Session();
  await using second = new Session();
  const [address] = first.server.listen("127.0.0.1", 0);
  assertThrows(() => second.server.listen("127.0.0.1", address!.port), Deno.errors.AddrInUse);
  assertThrows(() => second.server.listen(undefined, address!.port), Deno.errors.AddrInUse);
});

Deno.test("closing the server closes its viewers and its port", async () => {
  const session = new Session();
  const [address] = session.server.listen("127.0.0.1", 0);
  const viewer = await connect("127.0.0.1", address!.port);
  await viewer.login();
  await session[Symbol.asyncDispose]();
  assert(await viewer.closed());
  viewer.close();
  await assertRejects(() => connect("127.0.0.1", address!.port), Deno.errors.ConnectionRefused);
  assert(session.desktop.closed);
});

Deno.test("a connection reset in the middle of an update is that viewer's end alone", async () => {
  await using session = new Session();
  const [address] = session.server.listen("127.0.0.1", 0);
  const other = await connect("127.0.0.1", address!.port);
  await other.login();
  for (let i = 0; i < 20; i++) {
    const viewer = await connect("127.0.0.1", address!.port);
    await viewer.login();
    for (let n = 0; n < 50; n++) await viewer.request(false);
    // Closing with bytes unread makes the system send a reset.
    viewer.close();
  }
  await other.request(false);
  await other.update();
  other.close();
  assert(!session.logged("fault"), session.log.join("\n"));
});

Deno.test("connections that are reset before they are accepted hold up nobody", async () => {
  await using session = new Session();
  const [address] = session.server.listen("127.0.0.1", 0);
  const { port } = address!;
  // From another process while this one waits for it, and so accepts nothing.
  const { success } = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `
      import net from "node:net";
      for (let i = 0; i < 120; i++) {
        const socket = net.connect(${port}, "127.0.0.1", () => socket.resetAndDestroy());
      }
    `,
    ],
  }).outputSync();
  assert(success);
  const viewer = await connect("127.0.0.1", port);
  const deadline = setTimeout(() => viewer.close(), 10_000);
  await viewer.login();
  clearTimeout(deadline);
  viewer.close();
});

Deno.test("addresses are written as people know them", () => {
  const at = (hostname: string) => formatAddress({ transport: "tcp", hostname, port: 1 });
  assertEquals(at("192.0.2.7"), "192.0.2.7:1");
  assertEquals(at("::ffff:192.0.2.7"), "192.0.2.7:1");
  assertEquals(at("2001:db8::1"), "[2001:db8::1]:1");
});
