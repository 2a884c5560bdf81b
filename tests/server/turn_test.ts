import { assert } from "@std/assert";
import { isTurnOver, nextTurn } from "../../src/viewer/turn.ts";

/** Two connected sockets. */
async function socketPair(): Promise<{ server: Deno.TcpConn; client: Deno.TcpConn }> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connecting = Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  return { server: await listener.accept(), client: await connecting };
}

Deno.test("sockets have their turn between two slices of heavy work", async () => {
  const { server, client } = await socketPair();
  using _server = server;
  using _client = client;
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

Deno.test("many that work in slices share a turn, and each has its share", async () => {
  const { server, client } = await socketPair();
  using _server = server;
  using _client = client;
  const byte = new Uint8Array(1);
  const slices: number[] = new Array(20).fill(0);
  let done = false;
  const work = async (worker: number) => {
    for (; !done; slices[worker]!++) {
      const end = performance.now() + 3;
      while (performance.now() < end);
      await nextTurn();
    }
  };
  const workers = slices.map((_, worker) => work(worker));
  const total = () => slices.reduce((sum, count) => sum + count);
  while (Math.min(...slices) < 2) await nextTurn();
  for (let i = 0; i < 5; i++) {
    const before = total();
    const echo = server.read(byte).then(() => server.write(byte));
    await client.write(byte).then(() => client.read(byte));
    await echo;
    const passed = total() - before;
    assert(passed <= 20, `${passed} slices passed while a byte went there and back`);
  }
  done = true;
  await Promise.all(workers);
});
