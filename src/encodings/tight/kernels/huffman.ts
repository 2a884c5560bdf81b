import { instantiate, lazyKernel } from "../../../frame/kernels/kernel.ts";
import code from "./huffman.wasm" with { type: "bytes" };

/** What huffman.as.ts exports; pointers and lengths are bytes in the memory. */
interface HuffmanKernel {
  deflate(from: number, length: number, to: number, work: number): number;
}

/** What the kernel needs for itself, in bytes. */
export const HUFFMAN_WORK_BYTES = 12 * 1024;

/** Room for the longest possible result. */
export function largestHuffman(bytes: number): number {
  return 2 * bytes + 1024;
}

const compiled = lazyKernel(code);

/**
 * Makes a function that does what `deflateSegment` does with zlib's Z_HUFFMAN_ONLY, for bytes in which
 * hardly any sequence repeats: as small, in a third of the time.
 * @param memory Holds the bytes to compress.
 * @param to Room for {@linkcode largestHuffman}.
 * @param work Room for {@linkcode HUFFMAN_WORK_BYTES}.
 */
export function createHuffman(
  memory: WebAssembly.Memory,
  to: number,
  work: number,
): (bytes: Uint8Array) => Uint8Array {
  const { deflate } = instantiate<HuffmanKernel>(compiled(), memory);
  return ({ byteOffset, byteLength }) => {
    return new Uint8Array(memory.buffer, to, deflate(byteOffset, byteLength, to, work)).slice();
  };
}
