import type { PixelFormat } from "./pixel_format.ts";

/**
 * The pixel values of colour-map mode: three bits of red, three of green and two of blue. Every
 * index is a colour of its own, and black (0) and white (255) are exact.
 */
export const COLOUR_MAP_FORMAT: PixelFormat = {
  bitsPerPixel: 8,
  depth: 8,
  bigEndian: false,
  trueColour: true,
  redMax: 7,
  greenMax: 7,
  blueMax: 3,
  redShift: 5,
  greenShift: 2,
  blueShift: 0,
};

/** One entry of SetColourMapEntries: intensities from 0 to 65535. */
export interface ColourMapEntry {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** The colours of the pixel values 0 to 255 in colour-map mode. */
export const COLOUR_MAP: readonly ColourMapEntry[] = Array.from({ length: 256 }, (_, index) => ({
  red: intensity(index, COLOUR_MAP_FORMAT.redMax, COLOUR_MAP_FORMAT.redShift),
  green: intensity(index, COLOUR_MAP_FORMAT.greenMax, COLOUR_MAP_FORMAT.greenShift),
  blue: intensity(index, COLOUR_MAP_FORMAT.blueMax, COLOUR_MAP_FORMAT.blueShift),
}));

function intensity(index: number, max: number, shift: number): number {
  return Math.round(((index >> shift) & max) * 0xffff / max);
}
