import type { EncodedRect } from "./encoding.ts";

/** Encoded rectangles, `x` and `y` pixels further right and down. */
export function shifted(rects: readonly EncodedRect[], x: number, y: number): EncodedRect[] {
  return rects.map((encoded) => {
    const { rect } = encoded;
    return { ...encoded, rect: { ...rect, x: rect.x + x, y: rect.y + y } };
  });
}
