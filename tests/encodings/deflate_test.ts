import { assert, assertEquals } from "@std/assert";
import { inflateRawSync } from "node:zlib";
import { compress, compressNoise, compressRows } from "../../src/encodings/deflate.ts";
import { concat, words } from "../support/bytes.ts";
import { text } from "../support/pictures.ts";
import { Random } from "../support/random.ts";

/** Deflate's empty last block, which ends a stream. */
const END = Uint8Array.of(0x03, 0x00);

Deno.test("segments in any order make one deflate stream, at every level", () => {
  const pieces = [words(1, 5000), words(2, 1), words(1, 5000), words(3, 100), words(4, 20_000)];
  for (const level of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    const segments = [compress, compressRows, compressNoise].flatMap((compress) =>
      pieces.map((piece) => compress(piece, level))
    );
    const anyOrder = segments.map((_, n) => n * 7 % segments.length);
    for (const order of [[...segments.keys()], anyOrder, [2, 2, 0]]) {
      const stream = concat(...order.map((n) => segments[n]!), END);
      const expected = concat(...order.map((n) => pieces[n % pieces.length]!));
      assertEquals(new Uint8Array(inflateRawSync(stream)), expected, `level ${level}`);
    }
  }
});

Deno.test("rows of a picture get smaller with the level", () => {
  const { pixels } = text(600, 200);
  const rows = Uint8Array.from(pixels);
  const sizes = [0, 1, 2, 4, 6].map((level) => compressRows(rows, level).length);
  assertEquals(sizes, sizes.toSorted((a, b) => b - a));
});

Deno.test("level 0 compresses nothing, whatever it is", () => {
  for (const compressAny of [compress, compressRows, compressNoise]) {
    assert(compressAny(new Uint8Array(100_000), 0).length > 100_000);
  }
});

Deno.test("large segments come back too, whatever their content", () => {
  const random = new Random(4);
  const contents = {
    noise: Uint8Array.from({ length: 400_000 }, () => random.below(256)),
    ramp: Uint8Array.from({ length: 400_000 }, (_, i) => 128 + 100 * Math.sin(i / 97)),
    few: words(5, 400_000),
    zero: new Uint8Array(400_000),
  };
  for (const [name, bytes] of Object.entries(contents)) {
    const back = inflateRawSync(concat(compress(bytes), END));
    assert(bytes.every((byte, i) => byte === back[i]) && back.length === bytes.length, name);
  }
});

Deno.test("what repeats is found, though Huffman codes alone would be faster", () => {
  const random = new Random(6);
  const row = Uint8Array.from({ length: 4000 }, () => random.below(256));
  const rows = Uint8Array.from({ length: 400_000 }, (_, i) => row[i % row.length]!);
  assert(compress(rows).length < 20_000);
});
