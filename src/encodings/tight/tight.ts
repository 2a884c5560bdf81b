import { Framebuffer } from "../../frame/framebuffer.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../frame/pixel_format.ts";
import { type Rect, split } from "../../frame/rect.ts";
import { translatorFor } from "../../frame/translator.ts";
import { shifted } from "../encode_here.ts";
import type { EncodedRect, Encoder, EncodeSettings } from "../encoding.ts";
import { ENCODING } from "../ids.ts";
import type { JpegCodec } from "../jpeg/codec.ts";
import { encodeBasic } from "./basic.ts";
import { CONTENT } from "./content.ts";
import { cutByContent, type Piece } from "./cut.ts";
import { encodeFill } from "./fill.ts";
import { encodeJpeg, takesJpeg } from "./jpeg.ts";
import { encodePng } from "./png_rect.ts";

/** The specification's limit. */
const MAX_WIDTH = 2048;
/** So that no rectangle's data is longer than Tight can say. */
const MAX_HEIGHT = 256;

/** Encodes a piece of a picture without loss. */
type ExactEncoder = (
  picture: Framebuffer,
  piece: Piece,
  format: PixelFormat,
  settings: EncodeSettings,
) => EncodedRect[];

/** Tight: rectangles of one kind of content each, in the compression that fits it. */
export function createTight(jpeg: JpegCodec): Encoder {
  return createEncoder(ENCODING.Tight, "Tight", jpeg, encodeBasic);
}

/** TightPNG: the same with PNG files in place of what Tight compresses by itself. */
export function createTightPng(jpeg: JpegCodec): Encoder {
  return createEncoder(ENCODING.TightPNG, "TightPNG", jpeg, encodePng);
}

function createEncoder(
  id: number,
  name: string,
  jpeg: JpegCodec,
  encodeExactly: ExactEncoder,
): Encoder {
  return {
    id,
    name,
    encode(frame, rect, format, settings) {
      const { quality, subsampling } = settings;
      const jpegQuality = takesJpeg(format, settings) ? quality : undefined;

      const encodePiece = (picture: Framebuffer, piece: Piece): EncodedRect[] => {
        const { rect, content } = piece;
        if (content === CONTENT.Solid) {
          const value = translatorFor(format).value(
            picture.pixels[rect.y * picture.stride + rect.x]!,
          );
          return [encodeFill(id, rect, value, format)];
        }
        if (content === CONTENT.Photo && jpegQuality !== undefined) {
          return [encodeJpeg(id, jpeg, picture, rect, jpegQuality, subsampling)];
        }
        return encodeExactly(picture, piece, format, settings);
      };

      return split(rect, MAX_WIDTH, MAX_HEIGHT).flatMap((part) => {
        const picture = copyOf(frame, part);
        const rects = cutByContent(picture, jpegQuality !== undefined).flatMap((piece) =>
          encodePiece(picture, piece)
        );
        return shifted(rects, part.x, part.y);
      });
    },
  };
}

/** Pixels that stay as they are, whatever happens to the frame meanwhile. */
export function copyOf(frame: Framebuffer, rect: Rect): Framebuffer {
  const pixels = translatorFor(NATIVE_FORMAT).values(frame, rect);
  return new Framebuffer(rect.width, rect.height, pixels);
}
