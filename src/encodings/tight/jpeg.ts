import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { Rect } from "../../frame/rect.ts";
import type { EncodedRect } from "../encoding.ts";
import type { JpegCodec } from "../jpeg/codec.ts";
import { type JpegSettings, subsamplingOf } from "../jpeg/settings.ts";
import { encodeFile } from "./file.ts";

const JPEG_COMPRESSION = 0x90;

/** A rectangle as a JPEG file: Tight's JpegCompression, which TightPNG has too. */
export function encodeJpeg(
  encoding: number,
  codec: JpegCodec,
  picture: Framebuffer,
  rect: Rect,
  settings: JpegSettings,
): EncodedRect {
  const file = codec.encode(picture, rect, settings.quality, subsamplingOf(settings));
  return { ...encodeFile(encoding, rect, JPEG_COMPRESSION, file), lossy: true };
}
