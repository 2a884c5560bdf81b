import type { PixelFormat } from "../../frame/pixel_format.ts";
import type { EncodeSettings, Subsampling } from "../encoding.ts";

/** What a viewer that takes JPEG asked for. */
export type JpegSettings = EncodeSettings & { readonly quality: number };

/** Whether a viewer takes JPEG: it must have asked for a quality, in a format with enough colours. */
export function takesJpeg(
  format: PixelFormat,
  settings: EncodeSettings,
): settings is JpegSettings {
  return settings.quality !== undefined && format.trueColour && format.bitsPerPixel !== 8;
}

/** The subsampling asked for; otherwise what TurboVNC and TigerVNC take for such a quality. */
export function subsamplingOf({ quality, subsampling }: JpegSettings): Subsampling {
  return subsampling ?? (quality < 42 ? "4X" : quality < 79 ? "2X" : "1X");
}
