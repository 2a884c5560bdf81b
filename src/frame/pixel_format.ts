/** How a viewer wants its pixels: the specification's PIXEL_FORMAT, already validated. */
export interface PixelFormat {
  readonly bitsPerPixel: 8 | 16 | 32;
  /** Useful bits in a pixel; ZRLE's and Tight's compact pixels depend on it. */
  readonly depth: number;
  readonly bigEndian: boolean;
  /** False: pixels are indices into the colour map that vncd sends (`colour_map.ts`). */
  readonly trueColour: boolean;
  readonly redMax: number;
  readonly greenMax: number;
  readonly blueMax: number;
  readonly redShift: number;
  readonly greenShift: number;
  readonly blueShift: number;
}

/** The format of {@linkcode Framebuffer}'s words on a little-endian machine. */
export const NATIVE_FORMAT: PixelFormat = {
  bitsPerPixel: 32,
  depth: 24,
  bigEndian: false,
  trueColour: true,
  redMax: 255,
  greenMax: 255,
  blueMax: 255,
  redShift: 16,
  greenShift: 8,
  blueShift: 0,
};
