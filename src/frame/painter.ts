import type { Framebuffer } from "./framebuffer.ts";
import { intersect, isEmpty, type Rect } from "./rect.ts";

/**
 * Draws into a part of a picture. Its coordinates begin at that part's top left corner, and nothing
 * outside of `clip` is touched, so whatever is drawn may lie anywhere.
 */
export class Painter {
  readonly #frame: Framebuffer;
  /** In the picture's coordinates. */
  readonly #clip: Rect;
  readonly #x: number;
  readonly #y: number;

  constructor(frame: Framebuffer, clip: Rect = frame.bounds, x = 0, y = 0) {
    this.#frame = frame;
    this.#clip = intersect(clip, frame.bounds);
    this.#x = x;
    this.#y = y;
  }

  /** A painter for `part` alone, whose top left corner is its 0, 0. */
  within(part: Rect): Painter {
    const { x, y } = this.#place(part);
    return new Painter(this.#frame, intersect(this.#clip, { ...part, x, y }), x, y);
  }

  /** Whether anything drawn in a rectangle could be seen. */
  shows(rect: Rect): boolean {
    return !isEmpty(intersect(this.#clip, this.#place(rect)));
  }

  /** Fills a rectangle with a colour, `0xRRGGBB`. */
  fill(rect: Rect, colour: number): void {
    const { x, y, width, height } = intersect(this.#clip, this.#place(rect));
    const { pixels, stride } = this.#frame;
    for (let row = y; row < y + height; row++) {
      pixels.fill(colour, row * stride + x, row * stride + x + width);
    }
  }

  /** Draws a border of one pixel just inside a rectangle. */
  outline({ x, y, width, height }: Rect, colour: number): void {
    this.fill({ x, y, width, height: 1 }, colour);
    this.fill({ x, y: y + height - 1, width, height: 1 }, colour);
    this.fill({ x, y, width: 1, height }, colour);
    this.fill({ x: x + width - 1, y, width: 1, height }, colour);
  }

  /** Draws a whole picture with its top left corner at `x`, `y`. */
  picture(picture: Framebuffer, x: number, y: number): void {
    const place = this.#place({ ...picture.bounds, x, y });
    const seen = intersect(this.#clip, place);
    if (isEmpty(seen)) return;
    const { pixels, stride } = this.#frame;
    for (let row = seen.y; row < seen.y + seen.height; row++) {
      const start = (row - place.y) * picture.stride + seen.x - place.x;
      pixels.set(picture.pixels.subarray(start, start + seen.width), row * stride + seen.x);
    }
  }

  /**
   * Draws the set bits of a one-colour picture, each as a square of `scale` pixels.
   * @param rows A number for each row, the leftmost dot in bit `width - 1`.
   */
  bits(
    x: number,
    y: number,
    width: number,
    rows: readonly number[],
    colour: number,
    scale = 1,
  ): void {
    const place = this.#place({ x, y, width: width * scale, height: rows.length * scale });
    const seen = intersect(this.#clip, place);
    const { pixels, stride } = this.#frame;
    for (let row = seen.y; row < seen.y + seen.height; row++) {
      const bits = rows[Math.floor((row - place.y) / scale)]!;
      if (bits === 0) continue;
      for (let column = seen.x; column < seen.x + seen.width; column++) {
        const bit = width - 1 - Math.floor((column - place.x) / scale);
        if ((bits >> bit) & 1) pixels[row * stride + column] = colour;
      }
    }
  }

  #place(rect: Rect): Rect {
    return { ...rect, x: rect.x + this.#x, y: rect.y + this.#y };
  }
}
