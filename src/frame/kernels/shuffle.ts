import { instantiate, lazyKernel } from "./kernel.ts";
import code from "./shuffle.wasm" with { type: "bytes" };

/** What shuffle.as.ts exports; pointers are bytes in the memory. */
interface ShuffleKernel {
  shuffle(words: number, count: number, order: number): void;
}

const compiled = lazyKernel(code);

/** The bytes of four words. */
const VECTOR = 16;

/** What the function needs for itself. */
export const SHUFFLE_WORK_BYTES = VECTOR;

/**
 * Makes a function that puts the bytes of each word into another order.
 * @param memory Holds the words, and behind them room for three more.
 * @param work Room for {@linkcode SHUFFLE_WORK_BYTES}.
 * @returns `order` tells for each of a word's bytes where it comes from, 0 to 3, or -1 for a zero.
 */
export function createShuffle(
  memory: WebAssembly.Memory,
  work: number,
): (words: number, count: number, order: readonly number[]) => void {
  const { shuffle } = instantiate<ShuffleKernel>(compiled(), memory);
  const places = new Uint8Array(memory.buffer, work, VECTOR);
  return (words, count, order) => {
    for (let i = 0; i < VECTOR; i++) places[i] = order[i % 4]! < 0 ? 255 : order[i % 4]! + (i & ~3);
    shuffle(words, count, work);
  };
}

/** What the kernel does, in plain words, for the tests. */
export function shufflePlainly(words: Uint32Array, order: readonly number[]): Uint32Array {
  return words.map((word) =>
    order.reduce((sum, from, to) => sum | (from < 0 ? 0 : word >>> 8 * from & 0xff) << 8 * to, 0)
  );
}
