import { NATIVE_FORMAT, type PixelFormat } from "../../src/frame/pixel_format.ts";

type Triple = readonly [red: number, green: number, blue: number];

function trueColour(
  bitsPerPixel: PixelFormat["bitsPerPixel"],
  depth: number,
  max: Triple,
  shift: Triple,
  bigEndian = false,
): PixelFormat {
  return {
    bitsPerPixel,
    depth,
    bigEndian,
    trueColour: true,
    redMax: max[0],
    greenMax: max[1],
    blueMax: max[2],
    redShift: shift[0],
    greenShift: shift[1],
    blueShift: shift[2],
  };
}

const MAX_888 = [255, 255, 255] as const;
const MAX_565 = [31, 63, 31] as const;

/** Formats of every kind that a viewer may ask for, by a name for people. */
export const PIXEL_FORMATS: Readonly<Record<string, PixelFormat>> = {
  native: NATIVE_FORMAT,
  "32 big-endian": { ...NATIVE_FORMAT, bigEndian: true },
  "32 depth 32": { ...NATIVE_FORMAT, depth: 32 },
  "32 shifts 0 8 16": trueColour(32, 24, MAX_888, [0, 8, 16]),
  "32 shifts 8 16 24": trueColour(32, 24, MAX_888, [8, 16, 24]),
  "32 shifts 24 16 8 big-endian": trueColour(32, 24, MAX_888, [24, 16, 8], true),
  "32 shifts 0 12 24": trueColour(32, 24, MAX_888, [0, 12, 24]),
  "32 depth 30": trueColour(32, 30, [1023, 1023, 1023], [20, 10, 0]),
  "16 565": trueColour(16, 16, MAX_565, [11, 5, 0]),
  "16 565 big-endian": trueColour(16, 16, MAX_565, [11, 5, 0], true),
  "16 555": trueColour(16, 15, [31, 31, 31], [10, 5, 0]),
  "16 odd maxima": trueColour(16, 9, [5, 10, 3], [9, 2, 0]),
  "8 332": trueColour(8, 8, [7, 7, 3], [5, 2, 0]),
  "8 222": trueColour(8, 6, [3, 3, 3], [4, 2, 0]),
  "8 colour map": { ...trueColour(8, 8, [0, 0, 0], [0, 0, 0]), trueColour: false },
  "32 colour map": { ...trueColour(32, 8, [0, 0, 0], [0, 0, 0], true), trueColour: false },
};
