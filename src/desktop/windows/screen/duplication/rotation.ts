import type { Framebuffer } from "../../../../frame/framebuffer.ts";
import type { Rect } from "../../../../frame/rect.ts";

/** How a monitor's picture is turned before it's shown, clockwise: DXGI_MODE_ROTATION. */
export const Rotation = { UNSPECIFIED: 0, IDENTITY: 1, ROTATE90: 2, ROTATE180: 3, ROTATE270: 4 };

/** Pixels of a picture in memory, as a texture has them. */
export interface Texels {
  readonly pixels: Uint32Array;
  /** Words from one row to the next. */
  readonly stride: number;
}

/** Where a rectangle of a picture of this size is once the picture has been turned. */
export function turned(
  { x, y, width, height }: Rect,
  rotation: number,
  size: { readonly width: number; readonly height: number },
): Rect {
  const right = size.width - x - width;
  const bottom = size.height - y - height;
  switch (rotation) {
    case Rotation.ROTATE90:
      return { x: bottom, y: x, width: height, height: width };
    case Rotation.ROTATE180:
      return { x: right, y: bottom, width, height };
    case Rotation.ROTATE270:
      return { x: y, y: right, width: height, height: width };
    default:
      return { x, y, width, height };
  }
}

/** The size of the picture that has this size once it's turned. */
export function unturned(
  { width, height }: { readonly width: number; readonly height: number },
  rotation: number,
): { width: number; height: number } {
  const isUpright = rotation !== Rotation.ROTATE90 && rotation !== Rotation.ROTATE270;
  return isUpright ? { width, height } : { width: height, height: width };
}

/**
 * Copies a rectangle of a picture, turned.
 * @param rect Where it is in the picture before.
 * @param to Where it comes to in `screen`: as large as the turned one.
 */
export function copyTurned(
  { pixels, stride }: Texels,
  rect: Rect,
  rotation: number,
  screen: Framebuffer,
  to: Rect,
): void {
  const [start, right, down] = steps(rect, rotation, stride);
  for (let row = 0; row < to.height; row++) {
    const out = (to.y + row) * screen.stride + to.x;
    let at = start + row * down;
    if (right === 1) {
      screen.pixels.set(pixels.subarray(at, at + to.width), out);
      continue;
    }
    for (let i = out; i < out + to.width; i++, at += right) screen.pixels[i] = pixels[at]!;
  }
}

/** Where in the picture the turned one begins, and how far one pixel to the right, and down, leads there. */
function steps(
  { x, y, width, height }: Rect,
  rotation: number,
  stride: number,
): [start: number, right: number, down: number] {
  const [last, lowest] = [x + width - 1, y + height - 1];
  switch (rotation) {
    case Rotation.ROTATE90:
      return [lowest * stride + x, -stride, 1];
    case Rotation.ROTATE180:
      return [lowest * stride + last, -1, -stride];
    case Rotation.ROTATE270:
      return [y * stride + last, stride, -1];
    default:
      return [y * stride + x, 1, stride];
  }
}
