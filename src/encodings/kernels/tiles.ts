import { instantiate, lazyKernel } from "../../frame/kernels/kernel.ts";
import type { PixelBytes } from "../../frame/pixel_bytes.ts";
import code from "./tiles.wasm" with { type: "bytes" };

/** What tiles.as.ts exports; pointers are bytes in the memory. */
interface TilesKernel {
  encode(
    from: number,
    width: number,
    height: number,
    to: number,
    tileSize: number,
    size: number,
    lowest: number,
    bigEndian: boolean,
  ): number;
}

/** What the kernel needs for itself, at the start of its memory. */
export const TILES_WORK_BYTES = 64 * 1024;

const compiled = lazyKernel(code);

/**
 * Makes a function that writes a rectangle as TRLE's or ZRLE's tiles; it returns how many bytes they
 * take. {@linkcode TileWriter} of tile_writer.ts is the plain version of it.
 * @param memory Has {@linkcode TILES_WORK_BYTES} at its start for the kernel.
 * @param from Where the rectangle's pixel values are, row after row without gaps, with 64 bytes to
 * spare on both sides.
 * @param to Has room for all tiles raw, and 64 bytes more.
 */
export function createTiles(
  memory: WebAssembly.Memory,
  from: number,
  to: number,
): (width: number, height: number, tileSize: number, pixel: PixelBytes) => number {
  const { encode } = instantiate<TilesKernel>(compiled(), memory);
  return (width, height, tileSize, { size, lowestBit, bigEndian }) =>
    encode(from, width, height, to, tileSize, size, lowestBit, bigEndian);
}
