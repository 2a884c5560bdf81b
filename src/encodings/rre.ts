import type { Framebuffer } from "../frame/framebuffer.ts";
import type { PixelFormat } from "../frame/pixel_format.ts";
import { type Rect, split } from "../frame/rect.ts";
import { translatorFor } from "../frame/translator.ts";
import type { Encoder } from "./encoding.ts";
import { ENCODING } from "./ids.ts";
import { Palette } from "./palette.ts";
import { Subrects } from "./subrects.ts";

/** Colours looked at to find the background; pieces with more have no clear background anyway. */
const MAX_COLOURS = 256;

/** The format would take more, but smaller pieces each have a background of their own. */
const MAX_SIDE = 128;

/** A background and subrectangles of other colours on it (RFC 6143 §7.7.3). */
export const rre: Encoder = subrectEncoder(ENCODING.RRE, "RRE", 2);

/**
 * RRE, or CoRRE.
 * @param coordinateBytes How wide each coordinate is; one byte does for {@linkcode MAX_SIDE}.
 */
export function subrectEncoder(id: number, name: string, coordinateBytes: 1 | 2): Encoder {
  return {
    id,
    name,
    encode: (frame, rect, format) =>
      split(rect, MAX_SIDE, MAX_SIDE).map((piece) => ({
        rect: piece,
        encoding: id,
        head: encodeSubrects(frame, piece, format, coordinateBytes),
      })),
  };
}

/** The number of subrectangles, the background, and each subrectangle's colour and place. */
function encodeSubrects(
  frame: Framebuffer,
  rect: Rect,
  format: PixelFormat,
  coordinateBytes: 1 | 2,
): Uint8Array {
  const translator = translatorFor(format);
  const { pixel } = translator;
  const values = translator.values(frame, rect);
  const palette = new Palette(MAX_COLOURS);
  palette.addAll(values);
  const background = palette.mostFrequent;
  const subrects = new Subrects(values.length);
  subrects.find(values, rect.width, background, values.length);

  const { count, colours, xs, ys, widths, heights } = subrects;
  const head = new Uint8Array(4 + pixel.size + count * (pixel.size + 4 * coordinateBytes));
  new DataView(head.buffer).setUint32(0, count);
  let at = pixel.put(background, head, 4);
  for (let i = 0; i < count; i++) {
    at = pixel.put(colours[i]!, head, at);
    for (const coordinate of [xs[i]!, ys[i]!, widths[i]!, heights[i]!]) {
      if (coordinateBytes === 2) head[at++] = coordinate >> 8;
      head[at++] = coordinate;
    }
  }
  return head;
}
