import { instantiate, lazyKernel } from "../../../frame/kernels/kernel.ts";
import code from "./tight_pixels.wasm" with { type: "bytes" };

/** What tight_pixels.as.ts exports; pointers are bytes in the memory. */
interface TightPixelsKernel {
  pack(from: number, count: number, to: number): void;
  gradient(from: number, width: number, height: number, to: number): void;
}

/** Makes TPIXELs of three bytes; what it returns holds until the next call. */
export interface TightPixels {
  /**
   * The same as `tightPixel.bytes` of the native format's translator.
   * @param words A framebuffer's, `0x00RRGGBB`, in the kernel's memory.
   */
  pack(words: Uint32Array): Uint8Array;
  /** The same of `differences`: what is left behind the gradient filter. */
  gradient(words: Uint32Array, width: number): Uint8Array;
}

const compiled = lazyKernel(code);

/**
 * Makes {@linkcode TightPixels}.
 * @param memory Holds the words, with 16 bytes to spare behind them.
 * @param to Where to put the result: as many times three bytes, and 16 to spare.
 */
export function createTightPixels(memory: WebAssembly.Memory, to: number): TightPixels {
  const kernel = instantiate<TightPixelsKernel>(compiled(), memory);
  return {
    pack({ byteOffset, length }) {
      kernel.pack(byteOffset, length, to);
      return new Uint8Array(memory.buffer, to, 3 * length);
    },
    gradient({ byteOffset, length }, width) {
      kernel.gradient(byteOffset, width, length / width, to);
      return new Uint8Array(memory.buffer, to, 3 * length);
    },
  };
}
