import type { Rect } from "./rect.ts";

/** Pixels that moved: `to` now holds what was `dx`, `dy` before it (at `to.x - dx`, `to.y - dy`). */
export interface Move {
  readonly to: Rect;
  readonly dx: number;
  readonly dy: number;
}

/** Where the pixels of a move came from. */
export function moveSource({ to, dx, dy }: Move): Rect {
  return { x: to.x - dx, y: to.y - dy, width: to.width, height: to.height };
}
