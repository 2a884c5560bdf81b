import type { Encoder, RectEncoder } from "./encoding.ts";

/** Encodes here and now. */
export function encodeHere(encoders: ReadonlyMap<number, Encoder>): RectEncoder {
  return {
    encode: (frame, rect, { encoding, format, settings }) =>
      encoders.get(encoding)!.encode(frame, rect, format, settings),
  };
}
