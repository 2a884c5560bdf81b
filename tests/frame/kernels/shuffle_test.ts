import { assertEquals } from "@std/assert";
import { kernelMemory } from "../../../src/frame/kernels/kernel.ts";
import { createShuffle, shufflePlainly } from "../../../src/frame/kernels/shuffle.ts";
import { Random } from "../../support/random.ts";

const AT = 64;

Deno.test("the kernel puts bytes into the same order as the plain version", () => {
  const random = new Random(1);
  const memory = kernelMemory(4096);
  const shuffle = createShuffle(memory, 0);
  for (let round = 0; round < 200; round++) {
    const words = new Uint32Array(memory.buffer, AT, random.below(100));
    for (let i = 0; i < words.length; i++) words[i] = random.below(2 ** 32);
    const order = [0, 1, 2, 3].map(() => random.below(5) - 1);
    const expected = shufflePlainly(words.slice(), order);
    shuffle(AT, words.length, order);
    assertEquals(words.slice(), expected);
  }
});
