import { assertEquals, assertRejects } from "@std/assert";
import { encodeLatin1 } from "../../src/latin1.ts";
import { ConnectionClosed } from "../../src/rfb/errors.ts";
import { SilentConnection } from "../../src/web/silent_connection.ts";
import { FakeTimers } from "../support/fake_timers.ts";
import { connectionPair } from "../support/memory_connection.ts";

const ANSWER_TIME = 5000;

function connect() {
  const [server, client] = connectionPair();
  return { connection: new SilentConnection(server, () => {}, ANSWER_TIME), client };
}

Deno.test("who doesn't say a word in time is closed", async () => {
  using timers = new FakeTimers();
  const { connection, client } = connect();
  const reading = connection.read();
  timers.pass(ANSWER_TIME - 1);
  assertEquals(timers.running, 1);
  timers.pass(1);
  await assertRejects(() => reading, ConnectionClosed);
  assertEquals(await client.read(), null);
});

Deno.test("who has said a word in time may stay as long as he likes", async () => {
  using timers = new FakeTimers();
  const { connection, client } = connect();
  for (const word of ["RFB 003.008\n", "\x01"]) {
    await client.write(encodeLatin1(word));
    assertEquals(new TextDecoder().decode((await connection.read())!), word);
    timers.pass(10 * ANSWER_TIME);
  }
  assertEquals(timers.running, 0);
});

Deno.test("nobody waits for the word of a connection that is closed", () => {
  using timers = new FakeTimers();
  const { connection } = connect();
  assertEquals(timers.running, 1);
  connection.close();
  assertEquals(timers.running, 0);
});
