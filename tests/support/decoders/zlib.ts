import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { type ByteSource, BytesSource, type Decoder, draw, need, readPixels } from "./decoder.ts";
import { Inflater } from "./inflater.ts";

export class ZlibDecoder implements Decoder {
  readonly id = 6;
  readonly name = "Zlib";
  readonly #inflater = new Inflater();

  async decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    const pixels = new BytesSource(await this.#inflater.read(source));
    draw(picture, rect, await readPixels(pixels, rect.width * rect.height, format));
    need(pixels.left === 0, `Zlib: ${pixels.left} bytes too many`);
  }
}
