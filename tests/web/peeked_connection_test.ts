import { assert, assertEquals, assertRejects } from "@std/assert";
import { ConnectionClosed } from "../../src/rfb/errors.ts";
import { PeekedConnection } from "../../src/web/peeked_connection.ts";
import { connectionPair } from "../support/memory_connection.ts";

function pair() {
  const [server, client] = connectionPair();
  return { peeked: new PeekedConnection(server), client };
}

Deno.test("what was looked at is still read, once", async () => {
  const { peeked, client } = pair();
  await client.write(Uint8Array.of(1, 2));
  await client.write(Uint8Array.of(3));
  await client.write(Uint8Array.of(4));
  assertEquals([...await peeked.peek(1)], [1, 2]);
  assertEquals([...await peeked.peek(3)], [1, 2, 3]);
  assertEquals([...await peeked.peek(2)], [1, 2, 3]);
  peeked.skip(1);
  assertEquals([...(await peeked.read())!], [2, 3]);
  assertEquals([...(await peeked.read())!], [4]);
});

Deno.test("who waited in vain loses nothing of what comes later", async () => {
  const { peeked, client } = pair();
  assertEquals(await peeked.hears(0), false);
  assertEquals(await peeked.hears(1), false);
  const reading = peeked.read();
  await client.write(Uint8Array.of(7));
  assertEquals([...(await reading)!], [7]);
  await client.write(Uint8Array.of(8));
  assertEquals([...(await peeked.read())!], [8]);
});

Deno.test("what has come behind something that was skipped is heard at once", async () => {
  const { peeked, client } = pair();
  await client.write(Uint8Array.of(1, 2));
  assertEquals([...await peeked.peek(1)], [1, 2]);
  peeked.skip(1);
  assert(await peeked.hears(0));
  client.close();
  assertEquals([...await peeked.peek(2)], [2]);
  peeked.skip(1);
  assert(await peeked.hears(0));
});

Deno.test("a word, or the end, is heard", async () => {
  const { peeked, client } = pair();
  const heard = peeked.hears(Infinity);
  await client.write(Uint8Array.of(7));
  assert(await heard);
  const other = pair();
  other.client.close();
  assert(await other.peeked.hears(1000));
  assertEquals((await other.peeked.peek(1)).length, 0);
  assertEquals(await other.peeked.read(), null);
});

Deno.test("fewer bytes are looked at only where there are no more", async () => {
  const { peeked, client } = pair();
  await client.write(Uint8Array.of(1, 2));
  client.close();
  assertEquals([...await peeked.peek(9)], [1, 2]);
  assertEquals([...(await peeked.read())!], [1, 2]);
  assertEquals(await peeked.read(), null);
});

Deno.test("what breaks while nobody waits is met by the next to read", async () => {
  const { peeked } = pair();
  assertEquals(await peeked.hears(0), false);
  peeked.close();
  await assertRejects(() => peeked.read(), ConnectionClosed);
});
