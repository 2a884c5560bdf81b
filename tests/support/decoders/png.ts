import { decode } from "fast-png";
import { DecodeError, need } from "./decoder.ts";

/** Decodes a PNG file of 8-bit RGB or of palette indices; a word a pixel: `0x00RRGGBB`. */
export function decodePng(
  bytes: Uint8Array,
): { width: number; height: number; pixels: Uint32Array } {
  const { width, height, depth, channels, data, palette } = decoded(bytes);
  const pixels = new Uint32Array(width * height);
  if (palette === undefined) {
    need(channels === 3 && depth === 8, `PNG: ${channels} channels of ${depth} bits`);
    for (let n = 0; n < pixels.length; n++) pixels[n] = word([...data.subarray(3 * n, 3 * n + 3)]);
    return { width, height, pixels };
  }
  const rowBytes = Math.ceil(width * depth / 8);
  for (let n = 0; n < pixels.length; n++) {
    const bit = n % width * depth;
    const byte = data[Math.floor(n / width) * rowBytes + Math.floor(bit / 8)]!;
    const index = Math.floor(byte / 2 ** (8 - bit % 8 - depth)) % 2 ** depth;
    need(index < palette.length, `PNG: colour ${index} of ${palette.length}`);
    pixels[n] = word(palette[index]!);
  }
  return { width, height, pixels };
}

function decoded(bytes: Uint8Array): ReturnType<typeof decode> {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (error) {
    throw new DecodeError(`PNG: ${(error as Error).message}`);
  }
}

function word([red, green, blue]: readonly number[]): number {
  return red! << 16 | green! << 8 | blue!;
}
