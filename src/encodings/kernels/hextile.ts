import { instantiate, lazyKernel } from "../../frame/kernels/kernel.ts";
import type { PixelBytes } from "../../frame/pixel_bytes.ts";
import code from "./hextile.wasm" with { type: "bytes" };
import type { Workspace } from "./workspace.ts";

/** What hextile.as.ts exports. */
interface HextileKernel {
  encode(
    pixels: number,
    width: number,
    height: number,
    work: number,
    to: number,
    size: number,
    lowest: number,
    bigEndian: boolean,
  ): number;
}

const compiled = lazyKernel(code);

/**
 * Makes a function that writes the pixel values that were loaded into a workspace as Hextile's tiles;
 * it returns how many bytes they take.
 */
export function createHextile(
  { memory, pixels, work, out }: Workspace,
): (width: number, height: number, pixel: PixelBytes) => number {
  const { encode } = instantiate<HextileKernel>(compiled(), memory);
  return (width, height, { size, lowestBit, bigEndian }) =>
    encode(pixels, width, height, work, out, size, lowestBit, bigEndian);
}
