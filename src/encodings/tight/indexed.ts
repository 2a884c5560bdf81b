import { Palette } from "../palette.ts";

/** Pixels as numbers of the colours in a palette. */
export interface Indexed {
  readonly colours: Uint32Array;
  /** One byte a pixel. */
  readonly indices: Uint8Array;
}

/** Numbers the colours of pixel values, unless there are more than `limit`, at most 256. */
export function indexColours(values: Uint32Array, limit: number): Indexed | undefined {
  const palette = new Palette(limit);
  const indices = new Uint8Array(values.length);
  for (let start = 0; start < values.length;) {
    const colour = values[start]!;
    let end = start + 1;
    while (end < values.length && values[end] === colour) end++;
    const index = palette.add(colour, end - start);
    if (index < 0) return undefined;
    if (index > 0) { for (let at = start; at < end; at++) indices[at] = index; }
    start = end;
  }
  return { colours: palette.colours.subarray(0, palette.size), indices };
}

/** Rows of bit fields, the leftmost pixel in the highest bits, each row from a byte's start. */
export function packBits(indices: Uint8Array, width: number, bits: 1 | 2 | 4): Uint8Array {
  const rowBytes = Math.ceil(width * bits / 8);
  const packed = new Uint8Array(rowBytes * (indices.length / width));
  for (let from = 0, to = 0; from < indices.length; to += rowBytes) {
    const end = from + width;
    for (let at = to; from < end; at++) {
      let byte = 0;
      let shift = 8;
      for (; shift > 0 && from < end; from++) {
        shift -= bits;
        byte |= indices[from]! << shift;
      }
      packed[at] = byte;
    }
  }
  return packed;
}
