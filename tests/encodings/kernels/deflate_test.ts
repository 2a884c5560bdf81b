import { assert, assertEquals } from "@std/assert";
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { largestDeflated } from "../../../src/encodings/kernels/deflate.ts";
import { Workspace } from "../../../src/encodings/workspace.ts";
import { concat } from "../../support/bytes.ts";
import { Random } from "../../support/random.ts";

const workspace = new Workspace();
const MAX_BYTES = workspace.made(Infinity).length;

/** Deflate's empty last block, which ends a stream. */
const END = Uint8Array.of(0x03, 0x00);

/** Compresses, and checks that zlib has the same bytes back. */
function check(bytes: Uint8Array, what: string, isNoise = false): number {
  const segment = workspace.deflate(bytes, isNoise);
  const back = new Uint8Array(inflateRawSync(concat(segment, END)));
  assertEquals(back.length, bytes.length, what);
  assert(back.every((byte, i) => byte === bytes[i]), what);
  assert(segment.length <= largestDeflated(bytes.length), what);
  return segment.length;
}

/** Bytes of few or many values, most of them rare, with repetitions near and far. */
function randomBytes(random: Random, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const values = 1 + random.below(2 ** random.below(9));
  const repeats = random.below(3) * random.below(60);
  for (let at = 0; at < length;) {
    if (at > 0 && random.below(100) < repeats) {
      const size = 1 + random.below(2 ** (1 + random.below(11)));
      const from = at - 1 - random.below(Math.min(at, 2 ** (1 + random.below(17))));
      for (let i = 0; i < size && at < length; i++) bytes[at++] = bytes[from + i]!;
    } else {
      const byte = random.below(values);
      bytes[at++] = random.below(2) === 0 ? byte : byte % (1 + random.below(values));
    }
  }
  return bytes;
}

/** As what is left of a photo: mostly small numbers. */
function residue(random: Random, length: number, spread: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(spread) - random.below(spread));
}

Deno.test("zlib gets back what the kernel compressed", () => {
  const random = new Random(1);
  for (let round = 0; round < 400; round++) {
    const bytes = randomBytes(random, random.below(2 ** random.below(18)));
    check(bytes, `round ${round}`, round % 4 === 0);
  }
});

Deno.test("nothing, single bytes, and a workspace full come back", () => {
  const random = new Random(2);
  for (const isNoise of [false, true]) {
    for (let length = 0; length < 40; length++) {
      check(randomBytes(random, length), `${length} bytes`, isNoise);
    }
    for (const length of [65534, 65535, 65536, 131071, MAX_BYTES, MAX_BYTES + 1]) {
      check(randomBytes(random, length), `${length} bytes`, isNoise);
    }
  }
});

Deno.test("codes are no longer than allowed, however uneven the counts", () => {
  const counts = [1, 1];
  while (counts.length < 22) counts.push(counts.at(-1)! + counts.at(-2)!);
  const bytes = counts.flatMap((count, value) => Array<number>(count).fill(value));
  const random = new Random(3);
  for (let i = bytes.length - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [bytes[i], bytes[other]] = [bytes[other]!, bytes[i]!];
  }
  for (const isNoise of [false, true]) check(Uint8Array.from(bytes), "Fibonacci's counts", isNoise);
});

Deno.test("noise is stored, and what is alike takes next to nothing", () => {
  const random = new Random(4);
  const noise = Uint8Array.from({ length: 200_000 }, () => random.below(256));
  assert(check(noise, "noise") < 200_500);
  assert(check(noise, "noise", true) < 200_100);
  assert(check(new Uint8Array(200_000), "zeros") < 400);
  assert(check(new Uint8Array(20), "a few zeros") < 12);
});

Deno.test("Huffman codes alone are as small as zlib's", () => {
  const random = new Random(5);
  for (const length of [3072, 100_000]) {
    for (const spread of [2, 12, 100]) {
      const bytes = residue(random, length, spread);
      const zlibs = deflateRawSync(bytes, {
        strategy: constants.Z_HUFFMAN_ONLY,
        finishFlush: constants.Z_SYNC_FLUSH,
      }).length;
      assert(check(bytes, `spread ${spread}`, true) < 1.01 * zlibs + 50, `spread ${spread}`);
    }
  }
});

Deno.test("a result stays as it is when the next one is made", () => {
  const random = new Random(6);
  for (const isNoise of [false, true]) {
    const first = workspace.deflate(residue(random, 1000, 9), isNoise);
    const copy = first.slice();
    workspace.deflate(residue(random, 1000, 200), isNoise);
    assertEquals(first, copy);
  }
});
