import { assert, assertEquals } from "@std/assert";
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import {
  createHuffman,
  HUFFMAN_WORK_BYTES,
  largestHuffman,
} from "../../../../src/encodings/tight/kernels/huffman.ts";
import { kernelMemory } from "../../../../src/frame/kernels/kernel.ts";
import { Random } from "../../../support/random.ts";

const MAX_BYTES = 300_000;

const memory = kernelMemory(HUFFMAN_WORK_BYTES + MAX_BYTES + largestHuffman(MAX_BYTES));
const huffman = createHuffman(memory, HUFFMAN_WORK_BYTES + MAX_BYTES, 0);

function compress(bytes: Uint8Array): Uint8Array {
  const data = new Uint8Array(memory.buffer, HUFFMAN_WORK_BYTES, bytes.length);
  data.set(bytes);
  return huffman(data);
}

function inflate(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }));
}

/** Bytes of which each turns up about as often as the two after it together. */
function lopsided(): Uint8Array {
  const counts = [1, 1];
  while (counts.length < 25) counts.push(counts.at(-1)! + counts.at(-2)!);
  return Uint8Array.from(counts.flatMap((count, byte) => new Array<number>(count).fill(byte)));
}

/** As what is left of a photo: mostly small numbers. */
function residue(random: Random, length: number, spread: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(spread) - random.below(spread));
}

Deno.test("zlib inflates what the kernel writes", () => {
  const random = new Random(1);
  const lengths = [1, 2, 3, 4, 5, 255, 3072, 65534, 65535, 65536, 131071, MAX_BYTES];
  for (const length of lengths) {
    for (const spread of [1, 2, 3, 12, 256]) {
      const bytes = residue(random, length, spread);
      assertEquals(inflate(compress(bytes)), bytes);
    }
  }
});

Deno.test("codes are no longer than deflate allows", () => {
  const bytes = lopsided();
  assertEquals(inflate(compress(bytes)), bytes);
});

Deno.test("what the kernel writes joins a stream at any place", () => {
  const random = new Random(2);
  const parts = Array.from({ length: 20 }, () => residue(random, 1 + random.below(500), 9));
  const segments = parts.map((bytes, n) =>
    n % 3 === 0 ? deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : compress(bytes)
  );
  const joined = (all: Uint8Array[]) => Uint8Array.from(all.flatMap((bytes) => [...bytes]));
  assertEquals(inflate(joined(segments)), joined(parts));
});

Deno.test("the kernel's result is about as small as zlib's", () => {
  const random = new Random(3);
  for (const length of [3072, 100_000]) {
    for (const spread of [2, 12, 256]) {
      const bytes = residue(random, length, spread);
      const strategy = constants.Z_HUFFMAN_ONLY;
      const options = { strategy, finishFlush: constants.Z_SYNC_FLUSH };
      const zlibs = deflateRawSync(bytes, options).length;
      const own = compress(bytes).length;
      assert(own < 1.01 * zlibs + 150, `${own}, ${zlibs}`);
    }
  }
});

Deno.test("a result stays as it is when the next one is made", () => {
  const random = new Random(4);
  const first = compress(residue(random, 1000, 9));
  const copy = first.slice();
  compress(residue(random, 1000, 200));
  assertEquals(first, copy);
});
