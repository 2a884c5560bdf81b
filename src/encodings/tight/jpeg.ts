import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { PixelFormat } from "../../frame/pixel_format.ts";
import type { Rect } from "../../frame/rect.ts";
import type { EncodedRect, EncodeSettings, Subsampling } from "../encoding.ts";
import type { JpegCodec } from "../jpeg/codec.ts";
import { encodeFile } from "./file.ts";

const JPEG_COMPRESSION = 0x90;

/** What a viewer that takes JPEG asked for. */
type JpegSettings = EncodeSettings & { readonly quality: number };

/** Whether a viewer takes JPEG: it must have asked for a quality, in a format with enough colours. */
export function takesJpeg(
  format: PixelFormat,
  settings: EncodeSettings,
): settings is JpegSettings {
  return settings.quality !== undefined && format.trueColour && format.bitsPerPixel !== 8;
}

/** A rectangle as a JPEG file: Tight's JpegCompression, which TightPNG has too. */
export function encodeJpeg(
  encoding: number,
  codec: JpegCodec,
  picture: Framebuffer,
  rect: Rect,
  { quality, subsampling = defaultSubsampling(quality) }: JpegSettings,
): EncodedRect {
  const file = codec.encode(picture, rect, quality, subsampling);
  return { ...encodeFile(encoding, rect, JPEG_COMPRESSION, file), lossy: true };
}

/** What TurboVNC and TigerVNC take for such a quality. */
export function defaultSubsampling(quality: number): Subsampling {
  return quality < 42 ? "4X" : quality < 79 ? "2X" : "1X";
}
