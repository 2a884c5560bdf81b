import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { PixelBytes } from "../../frame/pixel_bytes.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../frame/pixel_format.ts";
import { type Rect, split } from "../../frame/rect.ts";
import { translatorFor } from "../../frame/translator.ts";
import { ByteWriter } from "../../rfb/byte_writer.ts";
import { CONTENT } from "../content/content.ts";
import type { Piece } from "../content/cut.ts";
import { compressNoise, compressRows } from "../deflate.ts";
import type { EncodedRect, EncodeSettings } from "../encoding.ts";
import { ENCODING } from "../ids.ts";
import { workspace } from "../workspace.ts";
import { compactLength } from "./compact_length.ts";
import { encodeFill } from "./fill.ts";
import { differences, hasGradient } from "./gradient.ts";
import type { Indexed } from "./kernels/indexed.ts";
import { zlibLevel } from "./level.ts";

/** Which of the four zlib streams is used for what, as other servers do it. */
const STREAM = { FullColour: 0, Mono: 1, Indexed: 2, Gradient: 3 } as const;

type Stream = typeof STREAM[keyof typeof STREAM];

const FILTER = { Palette: 1, Gradient: 2 } as const;

// Bits of the compression-control byte.
const READ_FILTER_ID = 0x40;
const WITHOUT_ZLIB = 0xa0;

/** Shorter data goes as it is. */
const MIN_COMPRESSED_BYTES = 12;

/** libvncclient has room for 300 KiB where nothing is compressed. */
const MAX_UNCOMPRESSED_BYTES = 256 * 1024;

/** Pixels through a filter, ready to be compressed. */
interface Filtered {
  readonly stream: Stream;
  /** What stands between the compression-control byte and the data; empty for the copy filter. */
  readonly filter: Uint8Array;
  readonly data: Uint8Array;
}

/** A piece of a picture, exactly, by Tight's BasicCompression. */
export function encodeBasic(
  picture: Framebuffer,
  { rect, content }: Piece,
  viewersFormat: PixelFormat,
  settings: EncodeSettings,
): EncodedRect[] {
  const { compressLevel, withoutZlib } = settings;
  // TPIXELs of three bytes are the same wherever a format has its colours.
  const isCompact = translatorFor(viewersFormat).tightPixel.size === 3;
  const format = isCompact ? NATIVE_FORMAT : viewersFormat;
  const translator = translatorFor(format);
  const isPhoto = content !== CONTENT.Drawn;
  const encodePart = (part: Rect, compress: typeof compressed): EncodedRect => {
    const work = workspace();
    const values = work.load(picture, part, translator);
    const limit = maxColours(values.length, format);
    const indexed = isPhoto ? undefined : work.index(values, limit);
    if (indexed?.colours.length === 1) return encodeFill(ENCODING.Tight, part, values[0]!, format);
    const filtered = indexed !== undefined
      ? paletteFilter(indexed, part.width, translator.tightPixel)
      : isPhoto && usesGradient(format, settings)
      ? gradientFilter(values, part.width, format)
      : copyFilter(values, translator.tightPixel);
    return compress(part, filtered, isPhoto, compressLevel);
  };
  // Viewers that can do without zlib may still be far away: those near by ask for level 0.
  if (withoutZlib !== true || compressLevel !== 0) return [encodePart(rect, compressed)];
  const rowBytes = rect.width * translator.tightPixel.size;
  const parts = split(rect, rect.width, Math.floor(MAX_UNCOMPRESSED_BYTES / rowBytes));
  return parts.map((part) => encodePart(part, uncompressed));
}

/** The largest palette worth sending with so many pixels. */
function maxColours(pixels: number, { bitsPerPixel }: PixelFormat): number {
  // An index takes a byte, as a pixel of 8 bits itself does, unless there are but two.
  return bitsPerPixel === 8 ? 2 : Math.max(1, Math.min(256, pixels >> 1));
}

/** Whether photos go through the gradient filter: half as large, unless nothing is compressed then. */
function usesGradient(
  format: PixelFormat,
  { compressLevel, withoutGradient }: EncodeSettings,
): boolean {
  return compressLevel !== 0 && withoutGradient !== true && hasGradient(format);
}

function copyFilter(values: Uint32Array, pixel: PixelBytes): Filtered {
  const data = pixel.size === 3 ? workspace().pack(values) : pixel.bytes(values);
  return { stream: STREAM.FullColour, filter: new Uint8Array(), data };
}

function gradientFilter(values: Uint32Array, width: number, format: PixelFormat): Filtered {
  const pixel = translatorFor(format).tightPixel;
  const data = pixel.size === 3
    ? workspace().gradient(values, width)
    : pixel.bytes(differences(values, width, format));
  return { stream: STREAM.Gradient, filter: Uint8Array.of(FILTER.Gradient), data };
}

function paletteFilter({ colours, indices }: Indexed, width: number, pixel: PixelBytes): Filtered {
  const filter = new Uint8Array(2 + colours.length * pixel.size);
  filter[0] = FILTER.Palette;
  filter[1] = colours.length - 1;
  pixel.putAll(colours, filter, 2);
  if (colours.length > 2) return { stream: STREAM.Indexed, filter, data: indices };
  return { stream: STREAM.Mono, filter, data: workspace().packBits(indices, width) };
}

function compressed(
  rect: Rect,
  { stream, filter, data }: Filtered,
  isPhoto: boolean,
  compressLevel?: number,
): EncodedRect {
  const control = stream << 4 | (filter.length > 0 ? READ_FILTER_ID : 0);
  if (data.length < MIN_COMPRESSED_BYTES) return plain(rect, control, filter, data);
  const level = zlibLevel(compressLevel);
  const segment = isPhoto ? compressNoise(data, level) : compressRows(data, level);
  const deflated = { stream: `tight${stream}`, segment, tightStream: stream };
  return { ...plain(rect, control, filter), deflated };
}

/** BasicCompression Without Zlib. */
function uncompressed(rect: Rect, { filter, data }: Filtered): EncodedRect {
  const control = WITHOUT_ZLIB | (filter.length > 0 ? READ_FILTER_ID : 0);
  if (data.length < MIN_COMPRESSED_BYTES) return plain(rect, control, filter, data);
  return plain(rect, control, filter, compactLength(data.length), data);
}

function plain(rect: Rect, control: number, ...parts: Uint8Array[]): EncodedRect {
  const size = parts.reduce((sum, part) => sum + part.length, 1);
  const head = new ByteWriter(size).u8(control);
  for (const part of parts) head.bytes(part);
  return { rect, encoding: ENCODING.Tight, head: head.finish() };
}
