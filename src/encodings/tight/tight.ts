import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { PixelFormat } from "../../frame/pixel_format.ts";
import { split } from "../../frame/rect.ts";
import { translatorFor } from "../../frame/translator.ts";
import { CONTENT } from "../content/content.ts";
import { cutByContent, type Piece } from "../content/cut.ts";
import type { EncodedRect, Encoder, EncodeSettings } from "../encoding.ts";
import { ENCODING } from "../ids.ts";
import type { JpegCodec } from "../jpeg/codec.ts";
import { takesJpeg } from "../jpeg/settings.ts";
import { MAX_PIECE } from "../workspace.ts";
import { encodeBasic } from "./basic.ts";
import { encodeFill } from "./fill.ts";
import { encodeJpeg } from "./jpeg.ts";
import { encodePng } from "./png_rect.ts";

/** Encodes one piece of a picture. */
type PieceEncoder = (
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
  encodeExactly: PieceEncoder,
): Encoder {
  const encodePiece: PieceEncoder = (picture, piece, format, settings) => {
    const { rect, content } = piece;
    if (content === CONTENT.Solid) {
      const word = picture.pixels[rect.y * picture.stride + rect.x]!;
      return [encodeFill(id, rect, translatorFor(format).value(word), format)];
    }
    if (content === CONTENT.Photo && takesJpeg(format, settings)) {
      return [encodeJpeg(id, jpeg, picture, rect, settings)];
    }
    return encodeExactly(picture, piece, format, settings);
  };
  return {
    id,
    name,
    // What is no photo goes in palettes as a rule.
    isQuick: ({ quality }) => quality !== undefined && jpeg.isQuick === true,
    encode(frame, rect, format, settings) {
      return split(rect, MAX_PIECE.width, MAX_PIECE.height)
        .flatMap((part) => cutByContent(frame, part, takesJpeg(format, settings)))
        .flatMap((piece) => encodePiece(frame, piece, format, settings));
    },
  };
}
