import type { Encoder, HereEncoder } from "./encoding.ts";

/** Encodes here and now. */
export function encodeHere(encoders: ReadonlyMap<number, Encoder>): HereEncoder {
  return {
    encode: (frame, rect, { encoding, format, settings }) =>
      encoders.get(encoding)!.encode(frame, rect, format, settings),
    isQuick: ({ encoding, settings }) => encoders.get(encoding)!.isQuick?.(settings) ?? false,
  };
}
