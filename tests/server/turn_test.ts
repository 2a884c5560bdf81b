import { assert } from "@std/assert";
import { isTurnOver, nextTurn } from "../../src/viewer/turn.ts";

Deno.test("sockets have their turn between two slices of heavy work", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connecting = Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  using server = await listener.accept();
  using client = await connecting;
  const byte = new Uint8Array(1);
  for (let i = 0; i < 10; i++) {
    let arrived = false;
    const echo = server.read(byte).then(() => server.write(byte));
    const answer = client.write(byte).then(() => client.read(byte)).then(() => arrived = true);
    let turns = 0;
    for (; !arrived; turns++) {
      while (!isTurnOver());
      await nextTurn();
    }
    await Promise.all([echo, answer]);
    assert(turns <= 10, `a byte there and back took ${turns} turns`);
  }
});
