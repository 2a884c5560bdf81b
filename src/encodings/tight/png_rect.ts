import type { Framebuffer } from "../../frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../frame/pixel_format.ts";
import { translatorFor } from "../../frame/translator.ts";
import { CONTENT } from "../content/content.ts";
import type { Piece } from "../content/cut.ts";
import type { EncodedRect, EncodeSettings } from "../encoding.ts";
import { ENCODING } from "../ids.ts";
import { raw } from "../raw.ts";
import { workspace } from "../workspace.ts";
import { encodeFile } from "./file.ts";
import { encodeFill } from "./fill.ts";
import type { Indexed } from "./kernels/indexed.ts";
import { zlibLevel } from "./level.ts";
import { packBits } from "./pack_bits.ts";
import { pngFile } from "./png.ts";

const PNG_COMPRESSION = 0xa0;

/** How a framebuffer's words become red, green and blue, a byte each. */
const NATIVE = translatorFor(NATIVE_FORMAT);

/**
 * A piece of a picture, exactly, by TightPNG's PngCompression.
 *
 * A PNG file shows colours of 8 bits each, whatever the viewer's format. For formats with fewer bits
 * it has just those colours that the format shows, so that rounding and cutting off give the same
 * pixel values. An 8-bit colour can't be told in indices of a colour map; such viewers get raw pixels.
 */
export function encodePng(
  picture: Framebuffer,
  piece: Piece,
  format: PixelFormat,
  { compressLevel }: EncodeSettings,
): EncodedRect[] {
  if (!format.trueColour) return raw.encode(picture, piece.rect, format, {});
  const { rect } = piece;
  const work = workspace();
  const values = work.load(picture, rect, NATIVE);
  if (!hasAllColours(format)) showIn(format, values);
  const isPhoto = piece.content !== CONTENT.Drawn;
  const indexed = isPhoto ? undefined : work.index(values, maxColours(values.length));
  if (indexed?.colours.length === 1) {
    const value = translatorFor(format).value(values[0]!);
    return [encodeFill(ENCODING.TightPNG, rect, value, format)];
  }
  const { width, height } = rect;
  const rows = indexed === undefined ? rgbRows(values) : indexedRows(indexed, width);
  const file = pngFile({ width, height, ...rows, isPhoto }, zlibLevel(compressLevel));
  return [encodeFile(ENCODING.TightPNG, rect, PNG_COMPRESSION, file)];
}

/** A palette takes three bytes a colour, and saves two a pixel. */
function maxColours(pixels: number): number {
  return Math.max(1, Math.min(256, pixels >> 1));
}

function rgbRows(values: Uint32Array) {
  return { bitDepth: 8, rows: workspace().pack(values) } as const;
}

function indexedRows({ colours, indices }: Indexed, width: number) {
  const palette = NATIVE.tightPixel.bytes(colours);
  if (colours.length > 16) return { palette, bitDepth: 8, rows: indices } as const;
  const bitDepth = colours.length <= 2 ? 1 : colours.length <= 4 ? 2 : 4;
  return { palette, bitDepth, rows: packBits(indices, width, bitDepth) } as const;
}

function hasAllColours({ redMax, greenMax, blueMax }: PixelFormat): boolean {
  return Math.min(redMax, greenMax, blueMax) >= 255;
}

/** Leaves of framebuffer words what a format shows of them. */
function showIn({ redMax, greenMax, blueMax }: PixelFormat, words: Uint32Array): void {
  const reds = shownIntensities(redMax);
  const greens = shownIntensities(greenMax);
  const blues = shownIntensities(blueMax);
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    words[at] = reds[word >>> 16]! << 16 | greens[word >>> 8 & 0xff]! << 8 | blues[word & 0xff]!;
  }
}

function shownIntensities(max: number): Uint8Array {
  return Uint8Array.from(
    { length: 256 },
    (_, intensity) => Math.round(Math.round(intensity * max / 255) * 255 / max),
  );
}
