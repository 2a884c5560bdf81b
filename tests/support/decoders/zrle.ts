import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { CompactPixels } from "./compact_pixels.ts";
import {
  type ByteSource,
  BytesSource,
  type Decoder,
  draw,
  need,
  readU8,
  tilesOf,
} from "./decoder.ts";
import type { Inflater } from "./inflater.ts";
import { decodeTile, readPalette } from "./trle.ts";

export class ZRLEDecoder implements Decoder {
  readonly id = 16;
  readonly name = "ZRLE";
  readonly #inflater: Inflater;

  constructor(inflater: Inflater) {
    this.#inflater = inflater;
  }

  async decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    const bytes = new BytesSource(await this.#inflater.read(source));
    const pixels = new CompactPixels(bytes, format);
    for (const tile of tilesOf(rect, 64)) {
      const subencoding = await readU8(bytes);
      need(subencoding !== 129, "ZRLE: subencoding 129");
      const palette = await readPalette(pixels, subencoding);
      draw(picture, tile, await decodeTile(bytes, pixels, tile, subencoding, palette));
    }
    need(bytes.left === 0, `ZRLE: ${bytes.left} bytes too many`);
  }
}
