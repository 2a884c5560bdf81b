import { assertEquals } from "@std/assert";
import { TcpConnection } from "../../src/server/tcp_connection.ts";
import { PeekedConnection } from "../../src/web/peeked_connection.ts";

/** Keeps the program from doing anything else. */
function beBusy(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

Deno.test("what has arrived while the program was busy counts as in time", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  for (let i = 0; i < 10; i++) {
    using client = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
    const server = new PeekedConnection(new TcpConnection(await listener.accept()));
    const hears = server.hears(5);
    client.write(Uint8Array.of(1));
    beBusy(20);
    assertEquals(await hears, true);
    server.close();
  }
});
