import { assert, assertEquals, assertRejects } from "@std/assert";
import { ByteSource } from "../../../src/rfb/byte_source.ts";
import { ConnectionClosed, ProtocolError } from "../../../src/rfb/errors.ts";
import { AesEax } from "../../../src/security/crypto/aes_eax.ts";
import { EaxConnection } from "../../../src/security/rsa_aes/eax_connection.ts";
import { concat, u16, words } from "../../support/bytes.ts";
import { inPieces } from "../../support/chunks.ts";
import { eaxSeal } from "../../support/eax.ts";
import { ScriptedConnection } from "../../support/scripted_connection.ts";

const KEY = new Uint8Array(16).fill(9);
const OTHER_KEY = new Uint8Array(16).fill(8);

/** The message with that index, as a peer sends it that knows the key. */
function sealed(index: number, message: Uint8Array, key = KEY): Uint8Array {
  const nonce = Uint8Array.from({ length: 16 }, (_, i) => i < 4 ? index >>> i * 8 : 0);
  const header = Uint8Array.from(u16(message.length));
  return concat(header, eaxSeal(key, nonce, header, message));
}

/** An encrypted stream over one that gives `script` and then ends. */
async function over(script: readonly Uint8Array[] = []) {
  const connection = new ScriptedConnection(script);
  const incoming = await AesEax.create(KEY);
  const outgoing = await AesEax.create(OTHER_KEY);
  const source = new ByteSource(connection);
  return { connection, stream: new EaxConnection(connection, source, incoming, outgoing) };
}

Deno.test("what is written goes out in messages of no more than 16 KiB", async () => {
  const { connection, stream } = await over();
  const [short, long] = [Uint8Array.of(1, 2, 3), words(1, 40_000)];
  await stream.write(short);
  await stream.write(long);
  await stream.write(new Uint8Array(0));
  await stream.write(short);
  const parts = [short, ...inPieces(long, 16 * 1024), short];
  assertEquals(parts.length, 5);
  const expected = parts.map((part, index) => sealed(index, part, OTHER_KEY));
  assertEquals(concat(...connection.written), concat(...expected));
});

Deno.test("memory shared with other threads can be written", async () => {
  const { connection, stream } = await over();
  const shared = new Uint8Array(new SharedArrayBuffer(100)).fill(5);
  await stream.write(shared);
  assertEquals(connection.written, [sealed(0, new Uint8Array(100).fill(5), OTHER_KEY)]);
});

Deno.test("what a peer sends is read, in messages of any length and in any pieces", async () => {
  const messages = [1, 0, 16, 17, 5000, 0xffff].map((length) => words(length + 1, length));
  const line = concat(...messages.map((message, index) => sealed(index, message)));
  for (const size of [1, 7, 16 * 1024, line.length]) {
    const { stream } = await over(inPieces(line, size));
    for (const message of messages) assertEquals(await stream.read(), message);
    assertEquals(await stream.read(), null);
  }
});

Deno.test("the number of a message has more than one byte, the lowest first", async () => {
  const messages = Array.from({ length: 600 }, (_, i) => Uint8Array.of(i));
  const { stream, connection } = await over(messages.map((each, index) => sealed(index, each)));
  for (const message of messages) assertEquals(await stream.read(), message);
  for (const message of messages) await stream.write(message);
  assertEquals(connection.written, messages.map((each, index) => sealed(index, each, OTHER_KEY)));
});

const [FIRST, SECOND] = [sealed(0, Uint8Array.of(1)), sealed(1, Uint8Array.of(2))];
const WRONG: Readonly<Record<string, Uint8Array[]>> = {
  changed: [FIRST.with(2, FIRST[2]! ^ 1)],
  "left out": [SECOND],
  repeated: [FIRST, FIRST],
  swapped: [SECOND, FIRST],
  "sent back": [sealed(0, Uint8Array.of(1), OTHER_KEY)],
  "made up": [new Uint8Array(2 + 16)],
};
for (const [what, script] of Object.entries(WRONG)) {
  Deno.test(`a message can't be ${what}`, async () => {
    const { stream } = await over(script);
    const readAll = async () => {
      while (await stream.read() !== null);
    };
    await assertRejects(readAll, ProtocolError, "changed on its way");
  });
}

Deno.test("a stream that ends inside a message is broken, not ended", async () => {
  const message = sealed(0, words(1, 20));
  for (let length = 1; length < message.length; length++) {
    const { stream } = await over([message.subarray(0, length)]);
    await assertRejects(() => stream.read(), ConnectionClosed);
  }
});

Deno.test("why it is closed is told to who is under it", async () => {
  const { stream, connection } = await over();
  const reasons: (string | undefined)[] = [];
  connection.close = (reason?: string) => void reasons.push(reason);
  stream.close("another one came");
  stream.close();
  assertEquals(reasons, ["another one came", undefined]);
});

Deno.test("it is private, and leads where the connection under it leads", async () => {
  const { stream, connection } = await over();
  assert(stream.isPrivate);
  assertEquals(
    [stream.peer, stream.remote, stream.local],
    [connection.peer, connection.remote, connection.local],
  );
});
