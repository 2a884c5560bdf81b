import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { decodeJpeg, type Picture } from "../jpeg.ts";
import { decodePng } from "../png.ts";
import {
  type ByteSource,
  BytesSource,
  colourValue,
  DecodeError,
  type Decoder,
  draw,
  fill,
  need,
  readPixels,
  readU8,
} from "./decoder.ts";
import { Inflater } from "./inflater.ts";

const FILL = 8;
const JPEG = 9;
/** In TightPNG. */
const PNG = 10;
/** In Tight; bit 2 says that a filter's number follows. */
const WITHOUT_ZLIB = 10;

const COPY_FILTER = 0;
const PALETTE_FILTER = 1;
const GRADIENT_FILTER = 2;

/** What both encodings have: fill, JPEG, and resets of the zlib streams. */
abstract class TightFamilyDecoder implements Decoder {
  abstract readonly id: number;
  abstract readonly name: string;
  protected readonly streams = Array.from({ length: 4 }, () => new Inflater());

  async decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    need(rect.width <= 2048, "Tight: a rectangle too wide");
    const control = await readU8(source);
    for (let n = 0; n < 4; n++) {
      if ((control & 1 << n) !== 0) this.streams[n] = new Inflater();
    }
    const compression = control >> 4;
    if (compression === FILL) {
      fill(picture, rect, (await readTightPixels(source, 1, format))[0]!);
    } else if (compression === JPEG) {
      need(format.bitsPerPixel !== 8, "Tight: JPEG in 8 bits per pixel");
      const file = await source.read(await readCompactLength(source));
      draw(picture, rect, pixelsOf(decodeJpeg, file, rect, format));
    } else {
      draw(picture, rect, await this.decodeRest(compression, source, rect, format));
    }
  }

  /** Decodes what this encoding alone has: the bits 4 to 7 of the control byte say what. */
  protected abstract decodeRest(
    compression: number,
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
  ): Promise<Uint32Array>;
}

export class TightDecoder extends TightFamilyDecoder {
  readonly id = 7;
  readonly name = "Tight";

  protected async decodeRest(
    compression: number,
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
  ): Promise<Uint32Array> {
    const plain = compression >= 8;
    const readsFilter = (compression & 4) !== 0;
    if (plain) need((compression & ~4) === WITHOUT_ZLIB, `Tight: compression ${compression}`);
    const filter = readsFilter ? await readU8(source) : COPY_FILTER;
    need(filter <= GRADIENT_FILTER, `Tight: filter ${filter}`);
    const palette = filter === PALETTE_FILTER ? await readPalette(source, format) : undefined;
    const pixels = rect.width * rect.height;
    const size = palette === undefined
      ? pixels * tightPixelSize(format)
      : palette.length === 2
      ? Math.ceil(rect.width / 8) * rect.height
      : pixels;
    const stream = plain ? undefined : this.streams[compression & 3]!;
    const data = new BytesSource(await readData(source, size, stream));
    if (palette !== undefined) return await readIndices(data, rect, palette);
    const values = await readTightPixels(data, pixels, format);
    return filter === GRADIENT_FILTER ? undoGradient(values, rect.width, format) : values;
  }
}

export class TightPNGDecoder extends TightFamilyDecoder {
  readonly id = -260;
  readonly name = "TightPNG";

  protected async decodeRest(
    compression: number,
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
  ): Promise<Uint32Array> {
    need(compression === PNG, `TightPNG: compression ${compression}`);
    const file = await source.read(await readCompactLength(source));
    return pixelsOf(decodePng, file, rect, format);
  }
}

async function readCompactLength(source: ByteSource): Promise<number> {
  const first = await readU8(source);
  if (first < 128) return first;
  const second = await readU8(source);
  const low = first % 128 + second % 128 * 128;
  return second < 128 ? low : low + await readU8(source) * 2 ** 14;
}

/** The data of `size` bytes behind a filter: short, plain, or from a zlib stream. */
async function readData(
  source: ByteSource,
  size: number,
  stream: Inflater | undefined,
): Promise<Uint8Array> {
  if (size < 12) return await source.read(size);
  const bytes = await source.read(await readCompactLength(source));
  const data = stream?.inflate(bytes) ?? bytes;
  need(data.length === size, `Tight: ${data.length} bytes where there should be ${size}`);
  return data;
}

function isCompact(format: PixelFormat): boolean {
  return format.trueColour && format.bitsPerPixel === 32 && format.depth === 24 &&
    format.redMax === 255 && format.greenMax === 255 && format.blueMax === 255;
}

function tightPixelSize(format: PixelFormat): number {
  return isCompact(format) ? 3 : format.bitsPerPixel / 8;
}

/** Reads TPIXELs. */
async function readTightPixels(
  source: ByteSource,
  count: number,
  format: PixelFormat,
): Promise<Uint32Array> {
  if (!isCompact(format)) return await readPixels(source, count, format);
  const bytes = await source.read(count * 3);
  return Uint32Array.from({ length: count }, (_, n) => {
    const [red, green, blue] = [bytes[3 * n]!, bytes[3 * n + 1]!, bytes[3 * n + 2]!];
    return red * 2 ** format.redShift + green * 2 ** format.greenShift +
      blue * 2 ** format.blueShift;
  });
}

async function readPalette(source: ByteSource, format: PixelFormat): Promise<Uint32Array> {
  const colours = await readU8(source) + 1;
  need(colours >= 2, "Tight: a palette of one colour");
  return await readTightPixels(source, colours, format);
}

async function readIndices(
  data: BytesSource,
  { width, height }: Rect,
  palette: Uint32Array,
): Promise<Uint32Array> {
  const values = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = await data.read(palette.length === 2 ? Math.ceil(width / 8) : width);
    for (let x = 0; x < width; x++) {
      const index = palette.length === 2 ? row[x >> 3]! >> (7 - x % 8) & 1 : row[x]!;
      need(index < palette.length, `Tight: colour ${index} of ${palette.length}`);
      values[y * width + x] = palette[index]!;
    }
  }
  return values;
}

function undoGradient(differences: Uint32Array, width: number, format: PixelFormat): Uint32Array {
  need(format.bitsPerPixel !== 8, "Tight: the gradient filter in 8 bits per pixel");
  const values = new Uint32Array(differences.length);
  const fields = [
    [format.redMax, format.redShift],
    [format.greenMax, format.greenShift],
    [format.blueMax, format.blueShift],
  ] as const;
  for (const [max, shift] of fields) {
    const intensity = (x: number, y: number) =>
      x < 0 || y < 0 ? 0 : values[y * width + x]! >>> shift & max;
    for (let at = 0; at < differences.length; at++) {
      const x = at % width;
      const y = Math.floor(at / width);
      const sum = intensity(x - 1, y) + intensity(x, y - 1) - intensity(x - 1, y - 1);
      const predicted = Math.min(max, Math.max(0, sum));
      const difference = differences[at]! >>> shift & max;
      values[at]! += (predicted + difference) % (max + 1) * 2 ** shift;
    }
  }
  return values;
}

/** The colours in a file as pixel values. */
function pixelsOf(
  decode: (file: Uint8Array) => Picture,
  file: Uint8Array,
  rect: Rect,
  format: PixelFormat,
): Uint32Array {
  need(format.trueColour, "Tight: a file for a viewer with a colour map");
  let picture: Picture;
  try {
    picture = decode(file);
  } catch (error) {
    throw new DecodeError(`Tight: ${(error as Error).message}`);
  }
  const { width, height, pixels } = picture;
  need(width === rect.width && height === rect.height, "Tight: a file of another size");
  return pixels.map((rgb) => colourValue(rgb, format));
}
