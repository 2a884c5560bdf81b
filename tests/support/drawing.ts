import type { Damage } from "../../src/frame/damage.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import { type Move, moveSource } from "../../src/frame/move.ts";
import type { Rect } from "../../src/frame/rect.ts";

/** Fills a rectangle with one word. */
export function fill(screen: Framebuffer, { x, y, width, height }: Rect, word: number): void {
  for (let row = y; row < y + height; row++) {
    screen.pixels.fill(word, row * screen.stride + x, row * screen.stride + x + width);
  }
}

/** Copies a rectangle of one picture to the place of another picture's rectangle of that size. */
export function draw(from: Framebuffer, source: Rect, to: Framebuffer, target: Rect): void {
  const pixels = from === to ? from.pixels.slice() : from.pixels;
  for (let row = 0; row < source.height; row++) {
    const start = (source.y + row) * from.stride + source.x;
    const end = (target.y + row) * to.stride + target.x;
    to.pixels.set(pixels.subarray(start, start + source.width), end);
  }
}

/** Moves pixels of a picture. */
export function doMove(screen: Framebuffer, move: Move): void {
  draw(screen, moveSource(move), screen, move.to);
}

export function snapshot({ width, height, stride, pixels }: Framebuffer): Framebuffer {
  return new Framebuffer(width, height, pixels.slice(), stride);
}

/** What a viewer has that does the moves and then takes the changed pixels. */
export function asViewed(before: Framebuffer, { moves, changed }: Damage, after: Framebuffer) {
  const viewed = snapshot(before);
  for (const move of moves) doMove(viewed, move);
  for (const rect of changed.rects) draw(after, rect, viewed, rect);
  return viewed;
}
