import { assertEquals, assertRejects } from "@std/assert";
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
