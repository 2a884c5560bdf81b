import { assert, assertEquals } from "@std/assert";
import { WriteBatch } from "../../src/viewer/write_batch.ts";
import { concat } from "../support/bytes.ts";
import { Random } from "../support/random.ts";

const KIB = 1024;

Deno.test("whatever is added comes out in order, in few writes", () => {
  const random = new Random(1);
  const noise = Uint8Array.from({ length: 300 * KIB }, () => random.below(256));
  for (let run = 0; run < 100; run++) {
    const batch = new WriteBatch();
    const lengths = Array.from(
      { length: random.below(20) },
      () => random.below(4) === 0 ? random.below(200 * KIB) : random.below(100),
    );
    const pieces = lengths.map((length) => {
      const start = random.below(100 * KIB);
      return noise.subarray(start, start + length);
    });
    batch.add(pieces);
    const expected = concat(...pieces);
    assertEquals(batch.size, expected.length);
    const writes = batch.take();
    assertEquals(concat(...writes), expected);
    assert(writes.every((write) => write.length > 0));
    assert(writes.length <= 1 + 2 * expected.length / (64 * KIB));
    assertEquals(batch.size, 0);
    assertEquals(batch.take(), []);
  }
});

Deno.test("a large piece isn't copied, but for what goes with those before it", () => {
  const batch = new WriteBatch();
  const large = new Uint8Array(300 * KIB);
  batch.add([new Uint8Array(12), large]);
  const [joined, rest] = batch.take();
  assertEquals(joined!.length, 64 * KIB);
  assert(rest!.buffer === large.buffer);
});

Deno.test("it is full when there is enough for a write", () => {
  const batch = new WriteBatch();
  batch.add([new Uint8Array(64 * KIB - 1)]);
  assert(!batch.isFull);
  batch.add([new Uint8Array(1)]);
  assert(batch.isFull);
});
