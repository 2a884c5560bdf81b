import { Random } from "./random.ts";

/** Byte strings one behind the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The bytes of a U16, as RFB has them. */
export function u16(value: number): number[] {
  return [value >> 8 & 0xff, value & 0xff];
}

/** The bytes of a U32, or of an S32. */
export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value & 0xffff)];
}

/** Bytes with little in them, so that they can be compressed well: four values at random. */
export function words(seed: number, size: number): Uint8Array {
  const random = new Random(seed);
  return Uint8Array.from({ length: size }, () => random.below(4) * 60);
}
