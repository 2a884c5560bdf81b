import { instantiate, lazyKernel } from "../../../frame/kernels/kernel.ts";
import type { PixelFormat } from "../../../frame/pixel_format.ts";
import code from "./tight_pixels.wasm" with { type: "bytes" };

/** What tight_pixels.as.ts exports; pointers are bytes in the memory. */
interface TightPixelsKernel {
  pack(
    from: number,
    count: number,
    to: number,
    red: number,
    green: number,
    blue: number,
  ): void;
  gradient(
    from: number,
    width: number,
    height: number,
    to: number,
    red: number,
    green: number,
    blue: number,
  ): void;
}

/** Bytes behind the pixel values, and behind the result, that the kernel reads and writes. */
export const TIGHT_PIXELS_MARGIN = 16;

/** Makes TPIXELs of three bytes; what it returns holds until the next call. */
export interface TightPixels {
  /**
   * The same as `tightPixel.bytes` of the translator.
   * @param values In the kernel's memory.
   * @param format One whose TPIXEL has three bytes.
   */
  pack(values: Uint32Array, format: PixelFormat): Uint8Array;
  /** The same of `differences`: what is left behind the gradient filter. */
  gradient(values: Uint32Array, width: number, format: PixelFormat): Uint8Array;
}

const compiled = lazyKernel(code);

/**
 * @param memory Holds the pixel values.
 * @param to Where to put the result: as many times three bytes, and the margin.
 */
export function createTightPixels(memory: WebAssembly.Memory, to: number): TightPixels {
  const kernel = instantiate<TightPixelsKernel>(compiled(), memory);
  const result = ({ length }: Uint32Array) => new Uint8Array(memory.buffer, to, 3 * length);
  return {
    pack(values, { redShift, greenShift, blueShift }) {
      kernel.pack(values.byteOffset, values.length, to, redShift, greenShift, blueShift);
      return result(values);
    },
    gradient(values, width, { redShift, greenShift, blueShift }) {
      const height = values.length / width;
      kernel.gradient(values.byteOffset, width, height, to, redShift, greenShift, blueShift);
      return result(values);
    },
  };
}
