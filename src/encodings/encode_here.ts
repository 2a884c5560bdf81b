import type { EncodedRect, Encoder, RectEncoder } from "./encoding.ts";

/** Encodes here and now. */
export function encodeHere(encoders: ReadonlyMap<number, Encoder>): RectEncoder {
  return {
    encode: (frame, rect, { encoding, format, settings }) =>
      encoders.get(encoding)!.encode(frame, rect, format, settings),
  };
}

/** Encoded rectangles, `x` and `y` pixels further right and down. */
export function shifted(rects: readonly EncodedRect[], x: number, y: number): EncodedRect[] {
  return rects.map((encoded) => {
    const { rect } = encoded;
    return { ...encoded, rect: { ...rect, x: rect.x + x, y: rect.y + y } };
  });
}
