import { decode } from "jpeg-js";

/** A decoded JPEG picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Row by row without gaps, a word a pixel: `0x00RRGGBB`. */
  readonly pixels: Uint32Array;
}

/**
 * Decodes a whole JPEG file.
 * @throws {Error} When it is none, or damaged.
 */
export function decodeJpeg(bytes: Uint8Array): Picture {
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
  });
  const pixels = new Uint32Array(width * height);
  for (let i = 0, at = 0; i < pixels.length; i++, at += 3) {
    pixels[i] = data[at]! << 16 | data[at + 1]! << 8 | data[at + 2]!;
  }
  return { width, height, pixels };
}

/** Pixels as a JPEG without colours shows them: JFIF's luminance of each. */
export function inGray(pixels: Uint32Array): Uint32Array {
  return pixels.map((word) => {
    const [red, green, blue] = [word >> 16 & 255, word >> 8 & 255, word & 255];
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue) * 0x010101;
  });
}
