import { COLOUR_MAP_FORMAT } from "./colour_map.ts";
import type { Framebuffer } from "./framebuffer.ts";
import { PixelBytes } from "./pixel_bytes.ts";
import { NATIVE_FORMAT, type PixelFormat } from "./pixel_format.ts";
import type { Rect } from "./rect.ts";

/** Turns a framebuffer's pixels into pixel values of one format, and those into bytes. */
export class Translator {
  /** How this format's pixel values are written. */
  readonly pixel: PixelBytes;
  /** How TRLE and ZRLE write them. */
  readonly compactPixel: PixelBytes;
  /** How Tight writes them. */
  readonly tightPixel: PixelBytes;
  /**
   * Where the format's pixel values are a word's bytes in another order: the place in the word that
   * each comes from, -1 for a zero.
   */
  readonly byteOrder: readonly number[] | undefined;
  /** What 256 intensities of red, then green, then blue add to a pixel value; native needs none. */
  readonly #tables: Uint32Array | undefined;

  constructor(format: PixelFormat) {
    this.pixel = PixelBytes.pixel(format);
    this.compactPixel = PixelBytes.compactPixel(format);
    this.tightPixel = PixelBytes.tightPixel(format);
    const fields = format.trueColour ? format : COLOUR_MAP_FORMAT;
    const isNative = hasNativeValues(fields);
    this.byteOrder = isNative ? undefined : byteOrder(fields);
    this.#tables = isNative ? undefined : colourTables(fields);
  }

  /** The pixel value of one framebuffer word (`0x00RRGGBB`). */
  value(word: number): number {
    const tables = this.#tables;
    if (tables === undefined) return word;
    return (tables[word >>> 16 & 0xff]! | tables[256 + (word >>> 8 & 0xff)]! |
      tables[512 + (word & 0xff)]!) >>> 0;
  }

  /**
   * The pixel values of a rectangle, row after row without gaps.
   * @param rect Lies within `frame`.
   * @param out Filled from its start, where given, and returned cut to size.
   */
  values(frame: Framebuffer, rect: Rect, out?: Uint32Array): Uint32Array {
    const size = rect.width * rect.height;
    const values = out?.subarray(0, size) ?? new Uint32Array(size);
    if (this.#tables === undefined) frame.copyTo(values, rect);
    else translateRows(frame, rect, values, this.#tables);
    return values;
  }
}

const translators = new WeakMap<PixelFormat, Translator>();

/** The translator for a format, made once for each format object. */
export function translatorFor(format: PixelFormat): Translator {
  let translator = translators.get(format);
  if (translator === undefined) {
    translator = new Translator(format);
    translators.set(format, translator);
  }
  return translator;
}

function translateRows(
  frame: Framebuffer,
  rect: Rect,
  out: Uint32Array,
  tables: Uint32Array,
): void {
  const { pixels, stride } = frame;
  const { x, y, width, height } = rect;
  let to = 0;
  for (let row = 0; row < height; row++) {
    const start = (y + row) * stride + x;
    for (let from = start; from < start + width; from++) {
      const word = pixels[from]!;
      out[to++] = tables[word >>> 16 & 0xff]! | tables[256 + (word >>> 8 & 0xff)]! |
        tables[512 + (word & 0xff)]!;
    }
  }
}

/** Whether pixel values are framebuffer words; how they stand in bytes does not matter here. */
function hasNativeValues(format: PixelFormat): boolean {
  return format.redMax === 255 && format.greenMax === 255 && format.blueMax === 255 &&
    format.redShift === NATIVE_FORMAT.redShift && format.greenShift === NATIVE_FORMAT.greenShift &&
    format.blueShift === NATIVE_FORMAT.blueShift;
}

function byteOrder(format: PixelFormat): number[] | undefined {
  const { redMax, greenMax, blueMax, redShift, greenShift, blueShift } = format;
  const shifts = [blueShift, greenShift, redShift];
  if (redMax !== 255 || greenMax !== 255 || blueMax !== 255) return undefined;
  const order = [0, 8, 16, 24].map((shift) => shifts.indexOf(shift));
  return order.filter((from) => from >= 0).length === shifts.length ? order : undefined;
}

function colourTables(format: PixelFormat): Uint32Array {
  const tables = new Uint32Array(768);
  for (let c = 0; c < 256; c++) {
    tables[c] = Math.round(c * format.redMax / 255) << format.redShift;
    tables[256 + c] = Math.round(c * format.greenMax / 255) << format.greenShift;
    tables[512 + c] = Math.round(c * format.blueMax / 255) << format.blueShift;
  }
  return tables;
}
