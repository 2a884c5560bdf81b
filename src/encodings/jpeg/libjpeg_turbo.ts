import type { Subsampling } from "../encoding.ts";

/*
 * What both builds of libjpeg-turbo have in common: the system's library and the WebAssembly one.
 */

/**
 * TurboJPEG's numbers (TJSAMP): 4:4:4, 4:2:2, 4:2:0, gray. It has nothing coarser than 4:2:0, whose
 * colours are one of 4 pixels: 4:1:1 and 4:4:1 keep as many.
 */
export const TJSAMP: Readonly<Record<Subsampling, number>> = {
  "1X": 0,
  "2X": 1,
  "4X": 2,
  "8X": 2,
  "16X": 2,
  gray: 3,
};

/** Samples for each pixel, twice: what tjBufSize reckons with. */
const BYTES_PER_PIXEL = { "1X": 6, "2X": 4, "4X": 3, "8X": 3, "16X": 3, gray: 2 };

/**
 * The most bytes that TurboJPEG can write for a picture, and so what it takes for granted in a buffer
 * that it may not grow: at least what tjBufSize says.
 */
export function largestJpeg(width: number, height: number, subsampling: Subsampling): number {
  const whole = (size: number) => Math.ceil(size / 16) * 16;
  return whole(width) * whole(height) * BYTES_PER_PIXEL[subsampling] + 2048;
}
