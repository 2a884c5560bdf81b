import { assertEquals, assertRejects } from "@std/assert";
import { once } from "node:events";
import { promisify } from "node:util";
import { Carrier } from "../../src/rfb/carrier.ts";
import { ConnectionClosed } from "../../src/rfb/errors.ts";
import { connectionPair } from "../support/memory_connection.ts";
import { ScriptedConnection } from "../support/scripted_connection.ts";

Deno.test("what is written together leaves together, unless it's much", async () => {
  const connection = new ScriptedConnection();
  const carrier = new Carrier(connection);
  carrier.cork();
  for (const size of [4, 60_000, 4, 65_536, 10, 20, 100_000]) carrier.write(new Uint8Array(size));
  carrier.uncork();
  carrier.end();
  await once(carrier, "finish");
  const sizes = connection.written.map(({ length }) => length);
  assertEquals(sizes, [60_008, 65_536, 30, 100_000]);
});

Deno.test("nothing is read while nobody waits for it", async () => {
  const [connection, peer] = connectionPair(4);
  const carrier = new Carrier(connection);
  let got = 0;
  carrier.on("data", ({ length }) => got += length);
  let written = 0;
  const writing = (async () => {
    for (; written < 10; written++) await peer.write(new Uint8Array(4));
    peer.close();
  })();
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
  assertEquals([got, written, carrier.reading], [0, 1, false]);
  carrier.wanted = true;
  assertEquals(carrier.reading, true);
  await Promise.all([writing, once(carrier, "end")]);
  assertEquals([got, carrier.reading], [40, false]);
  carrier.destroy();
});

Deno.test("what is written to a peer that is gone fails", async () => {
  const [connection, peer] = connectionPair();
  peer.close();
  connection.close();
  const carrier = new Carrier(connection);
  carrier.on("error", () => {});
  const write = promisify((done: (error?: Error | null) => void) =>
    carrier.write(new Uint8Array(1), done)
  );
  await assertRejects(() => write(), ConnectionClosed);
});
