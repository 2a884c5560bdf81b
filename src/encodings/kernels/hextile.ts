import { instantiate, lazyKernel } from "../../frame/kernels/kernel.ts";
import type { PixelBytes } from "../../frame/pixel_bytes.ts";
import code from "./hextile.wasm" with { type: "bytes" };

/** What hextile.as.ts exports; pointers are bytes in the memory. */
interface HextileKernel {
  encode(
    from: number,
    width: number,
    height: number,
    to: number,
    size: number,
    lowest: number,
    bigEndian: boolean,
  ): number;
}

/** What the kernel needs for itself, at the start of its memory. */
export const HEXTILE_WORK_BYTES = 4 * 1024;

const compiled = lazyKernel(code);

/**
 * Makes a function that writes a rectangle as Hextile's tiles; it returns how many bytes they take.
 * @param memory Has {@linkcode HEXTILE_WORK_BYTES} at its start for the kernel.
 * @param from Where the rectangle's pixel values are, row after row without gaps, with 64 bytes to
 * spare on both sides.
 * @param to Has room for all tiles raw, and 64 bytes more.
 */
export function createHextile(
  memory: WebAssembly.Memory,
  from: number,
  to: number,
): (width: number, height: number, pixel: PixelBytes) => number {
  const { encode } = instantiate<HextileKernel>(compiled(), memory);
  return (width, height, { size, lowestBit, bigEndian }) =>
    encode(from, width, height, to, size, lowestBit, bigEndian);
}
