import { decode } from "fast-png";
import type { Picture } from "./jpeg.ts";

/**
 * Decodes a whole PNG file of 8 bits a channel, or with a palette of up to 256 colours; what it says
 * of transparency is dropped.
 * @throws {Error} When it is none, or damaged.
 */
export function decodePng(bytes: Uint8Array): Picture {
  const { width, height, channels, depth, data, palette } = decode(bytes, { checkCrc: true });
  if (depth > 8) throw new Error(`a PNG of ${depth} bits a channel`);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    const [red, green, blue] = palette !== undefined
      ? palette[packed(data, i, width, depth)]!
      : channels < 3
      ? [data[at]!, data[at]!, data[at]!]
      : data.subarray(at, at + 3);
    pixels[i] = red! << 16 | green! << 8 | blue!;
  }
  return { width, height, pixels };
}

/** The `i`th sample of a picture with one channel, whose rows begin at whole bytes. */
function packed(data: ArrayLike<number>, i: number, width: number, depth: number): number {
  const perByte = 8 / depth;
  const column = i % width;
  const byte = Math.floor(i / width) * Math.ceil(width / perByte) + Math.floor(column / perByte);
  return data[byte]! >> 8 - depth * (column % perByte + 1) & 2 ** depth - 1;
}
