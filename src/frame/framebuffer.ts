import type { Rect } from "./rect.ts";

/** The largest width or height of a framebuffer: what the RFB protocol's U16 can say. */
const MAX_DIMENSION = 0xffff;

/**
 * A picture in memory, one 32-bit word a pixel: `0x00RRGGBB`. The top byte is zero, except in the
 * screen of a {@linkcode Desktop}, whose owner (the X server, say) may leave anything in it.
 */
export class Framebuffer {
  readonly width: number;
  readonly height: number;
  /** Words from one row to the next. */
  readonly stride: number;
  readonly pixels: Uint32Array;

  /**
   * @param pixels At least `stride * height` words; a new black picture when left out.
   * @throws {RangeError} When a size is no whole number from 1 to 65535, or `pixels` is too short.
   */
  constructor(width: number, height: number, pixels?: Uint32Array, stride = width) {
    for (const size of [width, height]) {
      if (!Number.isInteger(size) || size < 1 || size > MAX_DIMENSION) {
        throw new RangeError(`a framebuffer can't be ${width}x${height} pixels`);
      }
    }
    this.width = width;
    this.height = height;
    this.stride = stride;
    this.pixels = pixels ?? new Uint32Array(stride * height);
    if (stride < width || this.pixels.length < stride * height) {
      throw new RangeError("a framebuffer's pixels don't fill its size");
    }
  }

  /** A copy of a rectangle, which must lie within the picture. */
  part(rect: Rect): Framebuffer {
    const copy = new Framebuffer(rect.width, rect.height);
    this.copyTo(copy.pixels, rect);
    return copy;
  }

  /** Copies a rectangle within the picture to the start of `out`, row after row without gaps. */
  copyTo(out: Uint32Array, { x, y, width, height }: Rect): void {
    if (width === this.stride) {
      return out.set(this.pixels.subarray(y * width, (y + height) * width));
    }
    for (let row = 0; row < height; row++) {
      const start = (y + row) * this.stride + x;
      out.set(this.pixels.subarray(start, start + width), row * width);
    }
  }

  /** Copies a rectangle of another picture to the same place, which must lie within both. */
  copyFrom(source: Framebuffer, { x, y, width, height }: Rect): void {
    const isWhole = width === this.stride && width === source.stride;
    const [rows, length] = isWhole ? [1, width * height] : [height, width];
    for (let row = y; row < y + rows; row++) {
      const start = row * source.stride + x;
      this.pixels.set(source.pixels.subarray(start, start + length), row * this.stride + x);
    }
  }

  /** The whole picture as a rectangle. */
  get bounds(): Rect {
    return { x: 0, y: 0, width: this.width, height: this.height };
  }
}
