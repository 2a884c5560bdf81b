import type { Cursor } from "../../desktop.ts";

/** A bitmap as GetDIBits gives it: `width * height` pixels, the topmost row first. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** What Windows keeps of a cursor. */
export interface CursorBitmaps {
  readonly hotX: number;
  readonly hotY: number;
  /**
   * The AND mask: where it isn't 0, the screen shows. A cursor without colours has its XOR mask below
   * it, in the same bitmap.
   */
  readonly mask: Bitmap;
  /**
   * Pixels `0xAARRGGBB`, colours not premultiplied. Without any alpha, they are opaque where the mask
   * is 0 and change the screen's colours elsewhere.
   */
  readonly colour: Bitmap | undefined;
}

const TRANSPARENT = 0;
const BLACK = 0xff000000;
const WHITE = 0xffffffff;
/** White without alpha, which no visible pixel is: the screen's colours are inverted here. */
const INVERTED = 0x00ffffff;

/**
 * The picture of a cursor. What inverts the screen, which no viewer can, is black with a white outline.
 * @returns `undefined` where the bitmaps don't belong together.
 */
export function cursorShape({ hotX, hotY, mask, colour }: CursorBitmaps): Cursor | undefined {
  const { width } = mask;
  const height = colour?.height ?? mask.height / 2;
  const isWhole = Number.isInteger(height) && mask.height >= height;
  if (!isWhole || width * height === 0 || (colour?.width ?? width) !== width) return undefined;
  const pixels = combine(mask.pixels, colour?.pixels ?? mask.pixels.subarray(width * height));
  outlineInverted(pixels, width, height);
  return {
    width,
    height,
    hotX: Math.min(hotX, width - 1),
    hotY: Math.min(hotY, height - 1),
    pixels,
  };
}

/** Makes one picture of both bitmaps; pixels of it may be {@linkcode INVERTED}. */
function combine(mask: Uint32Array, colour: Uint32Array): Uint32Array {
  if (colour.some((pixel) => pixel >>> 24 !== 0)) {
    return colour.map((pixel) => pixel >>> 24 === 0 ? TRANSPARENT : pixel);
  }
  return colour.map((rgb, i) => {
    if (mask[i] === 0) return BLACK | rgb;
    return rgb === 0 ? TRANSPARENT : INVERTED;
  });
}

function outlineInverted(pixels: Uint32Array, width: number, height: number): void {
  const inverted = [...pixels.keys()].filter((i) => pixels[i] === INVERTED);
  for (const i of inverted) {
    pixels[i] = BLACK;
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const at = row * width + column;
        if (pixels[at] === TRANSPARENT) pixels[at] = WHITE;
      }
    }
  }
}
