import { assert, assertEquals, assertRejects } from "@std/assert";
import { ByteSource } from "../../src/rfb/byte_source.ts";
import { ConnectionClosed } from "../../src/rfb/errors.ts";
import { inPieces, sourceOf } from "../support/chunks.ts";

const bytes = Uint8Array.from({ length: 40 }, (_, i) => i);

Deno.test("a source gives exact amounts however the bytes arrive", async () => {
  for (let size = 1; size <= bytes.length; size++) {
    const source = sourceOf(...inPieces(bytes, size));
    assertEquals(await source.readBytes(0), new Uint8Array(0));
    assertEquals(await source.readBytes(3), bytes.slice(0, 3));
    assertEquals((await source.read(2)).getUint16(0), 0x0304);
    await source.skip(20);
    assertEquals(await source.messageType(), 25);
    assertEquals(await source.readBytes(14), bytes.slice(26));
    assertEquals(await source.messageType(), undefined);
  }
});

Deno.test("a source passes over empty chunks", async () => {
  const source = sourceOf(new Uint8Array(0), bytes.slice(0, 1), new Uint8Array(0), bytes.slice(1));
  assertEquals(await source.readBytes(40), bytes);
});

Deno.test("a stream that ends too early is told from one that ends between messages", async () => {
  await assertRejects(() => sourceOf(bytes).read(41), ConnectionClosed);
  await assertRejects(() => sourceOf(bytes).skip(41), ConnectionClosed);
  assertEquals(await sourceOf().messageType(), undefined);
});

Deno.test("skipping keeps nothing: gigabytes pass through one chunk", async () => {
  const chunk = new Uint8Array(1 << 20);
  let left = 2048;
  const source = new ByteSource({ read: () => Promise.resolve(left-- > 0 ? chunk : null) });
  await source.skip(2048 * chunk.length - 1);
  assertEquals(await source.messageType(), 0);
  assertEquals(await source.messageType(), undefined);
});

/** A connection whose chunks a test sends one by one, all in the same memory. */
class Trickle {
  readonly #memory = new Uint8Array(16);
  #reading: PromiseWithResolvers<Uint8Array | null> | undefined;
  reads = 0;

  read(): Promise<Uint8Array | null> {
    if (this.#reading !== undefined) throw new Error("two reads at once");
    this.reads++;
    this.#memory.fill(0xee);
    this.#reading = Promise.withResolvers();
    return this.#reading.promise;
  }

  /** Gives bytes, the end, or an error to who reads, and lets him go on. */
  async send(what: readonly number[] | null | Error): Promise<void> {
    const reading = this.#reading!;
    this.#reading = undefined;
    if (what instanceof Error) reading.reject(what);
    else if (what === null) reading.resolve(null);
    else {
      this.#memory.set(what);
      reading.resolve(this.#memory.subarray(0, what.length));
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}

Deno.test("who waits for the end of a stream loses nothing of what comes before", async () => {
  const trickle = new Trickle();
  const source = new ByteSource(trickle);
  const first = source.readBytes(1);
  await trickle.send([1, 2]);
  assertEquals(await first, Uint8Array.of(1));
  const stop = new AbortController();
  const waiting = source.untilEnd(stop.signal);
  await trickle.send([3, 4]);
  await trickle.send([5]);
  stop.abort();
  await waiting;
  assertEquals(source.buffered, 4);
  // The read that it began goes on for whoever reads next.
  const rest = source.readBytes(6);
  await trickle.send([6, 7, 8]);
  assertEquals(await rest, Uint8Array.of(2, 3, 4, 5, 6, 7));
  assertEquals(await source.messageType(), 8);
  assertEquals(trickle.reads, 4);
});

Deno.test("what arrives in single bytes during such a wait isn't copied over and over", async () => {
  const { set } = Uint8Array.prototype;
  let copied = 0;
  Uint8Array.prototype.set = function (from, at) {
    copied += from.length;
    set.call(this, from, at);
  };
  try {
    let left = 10_000;
    const source = new ByteSource({
      read: () => Promise.resolve(left-- > 0 ? Uint8Array.of(left) : null),
    });
    await source.untilEnd(new AbortController().signal);
    assertEquals(source.buffered, 10_000);
    assert(copied < 50_000, `${copied} bytes were copied`);
  } finally {
    Uint8Array.prototype.set = set;
  }
});

Deno.test("the end of a stream and its failure are noticed by who waits for that", async () => {
  const never = new AbortController().signal;
  for (const end of [null, new ConnectionClosed("reset")]) {
    const trickle = new Trickle();
    const source = new ByteSource(trickle);
    const waiting = source.untilEnd(never).then(() => null, (error) => error);
    await trickle.send([1]);
    await trickle.send(end);
    assertEquals(await waiting, end);
    assertEquals(await source.messageType(), 1);
  }
});

Deno.test("a failure behind the wait is met by who reads next", async () => {
  const trickle = new Trickle();
  const source = new ByteSource(trickle);
  const stop = new AbortController();
  const waiting = source.untilEnd(stop.signal);
  stop.abort();
  await waiting;
  await trickle.send(new ConnectionClosed("reset"));
  await assertRejects(() => source.read(1), ConnectionClosed, "reset");
});
