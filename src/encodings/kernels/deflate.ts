import { instantiate, lazyKernel } from "../../frame/kernels/kernel.ts";
import code from "./deflate.wasm" with { type: "bytes" };

/** What deflate.as.ts exports; pointers and lengths are bytes in the memory. */
interface DeflateKernel {
  deflate(from: number, length: number, to: number, isNoise: boolean): number;
}

/** What the kernel needs for itself, at the start of its memory. */
export const DEFLATE_WORK_BYTES = 128 * 1024;

/** Room for the longest possible result. */
export function largestDeflated(bytes: number): number {
  return Math.ceil(1.01 * bytes) + 64;
}

const compiled = lazyKernel(code);

/**
 * Makes a function that compresses bytes into a raw deflate run of its own, ended by a sync flush. It
 * is as small as zlib's levels 2 and 3 make text and what programs draw, and smaller for photos, as it
 * weighs what each match is worth: in a shorter time, and without zlib's 12 us a call. For noise it
 * does what zlib's Z_HUFFMAN_ONLY does, in a third of the time.
 *
 * Instead of a plain version, zlib's inflate is what the tests hold it against.
 * @param memory Holds the bytes, behind {@linkcode DEFLATE_WORK_BYTES} of the kernel's.
 * @param to Room for {@linkcode largestDeflated}.
 */
export function createDeflate(
  memory: WebAssembly.Memory,
  to: number,
): (bytes: Uint8Array, isNoise?: boolean) => Uint8Array {
  const { deflate } = instantiate<DeflateKernel>(compiled(), memory);
  return ({ byteOffset, byteLength }, isNoise = false) => {
    const length = deflate(byteOffset, byteLength, to, isNoise);
    return new Uint8Array(memory.buffer, to, length).slice();
  };
}
