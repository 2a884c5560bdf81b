import type { PixelFormat } from "../../frame/pixel_format.ts";

/** Whether {@linkcode differences} can be told in a format: its maxima must be ones in binary. */
export function hasGradient(format: PixelFormat): boolean {
  return format.trueColour && format.bitsPerPixel !== 8 &&
    [format.redMax, format.greenMax, format.blueMax].every((max) => (max & (max + 1)) === 0);
}

/**
 * Tight's gradient filter: each intensity becomes its difference to what the pixels left, above and
 * above left of it let expect. Decoders add modulo 2^bits, so negative ones need no sign.
 * @param values Pixel values of `format`, for which {@linkcode hasGradient} holds, row by row.
 * @returns Differences in the places of the intensities.
 */
export function differences(values: Uint32Array, width: number, format: PixelFormat): Uint32Array {
  const { redMax, greenMax, blueMax, redShift, greenShift, blueShift } = format;
  const out = new Uint32Array(values.length);
  // The row above the current pixel, and left of there the current row already; black at first.
  const row = new Uint32Array(width);
  for (let start = 0; start < values.length; start += width) {
    let [redLeft, greenLeft, blueLeft] = [0, 0, 0];
    let [redCorner, greenCorner, blueCorner] = [0, 0, 0];
    for (let x = 0; x < width; x++) {
      const above = row[x]!;
      const value = values[start + x]!;
      row[x] = value;
      const redAbove = above >>> redShift & redMax;
      const greenAbove = above >>> greenShift & greenMax;
      const blueAbove = above >>> blueShift & blueMax;
      const red = value >>> redShift & redMax;
      const green = value >>> greenShift & greenMax;
      const blue = value >>> blueShift & blueMax;
      const redChange = red - clamp(redLeft + redAbove - redCorner, redMax) & redMax;
      const greenChange = green - clamp(greenLeft + greenAbove - greenCorner, greenMax) & greenMax;
      const blueChange = blue - clamp(blueLeft + blueAbove - blueCorner, blueMax) & blueMax;
      out[start + x] = redChange << redShift | greenChange << greenShift | blueChange << blueShift;
      redLeft = red;
      greenLeft = green;
      blueLeft = blue;
      redCorner = redAbove;
      greenCorner = greenAbove;
      blueCorner = blueAbove;
    }
  }
  return out;
}

function clamp(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}
