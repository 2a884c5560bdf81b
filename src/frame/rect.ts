/** A rectangle of pixels; `x`,`y` is its top left corner, the right and bottom edges are excluded. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether the rectangle holds no pixel. */
export function isEmpty(rect: Rect): boolean {
  return rect.width <= 0 || rect.height <= 0;
}

/** How many pixels a rectangle holds. */
export function areaOf({ width, height }: Rect): number {
  return width * height;
}

/** The pixels that both rectangles hold; empty (width or height 0) when there are none. */
export function intersect(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x);
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y);
  return { x, y, width, height };
}

/** Whether `outer` holds every pixel of `inner`. */
export function contains(outer: Rect, inner: Rect): boolean {
  return inner.x >= outer.x && inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height;
}

/** Cuts a rectangle into pieces of at most `maxWidth` by `maxHeight`, row by row. */
export function split(rect: Rect, maxWidth: number, maxHeight: number): Rect[] {
  if (rect.width <= maxWidth && rect.height <= maxHeight) return [rect];
  const pieces: Rect[] = [];
  for (let y = 0; y < rect.height; y += maxHeight) {
    for (let x = 0; x < rect.width; x += maxWidth) {
      pieces.push({
        x: rect.x + x,
        y: rect.y + y,
        width: Math.min(maxWidth, rect.width - x),
        height: Math.min(maxHeight, rect.height - y),
      });
    }
  }
  return pieces;
}
