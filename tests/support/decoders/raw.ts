import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { type ByteSource, type Decoder, draw, readPixels } from "./decoder.ts";

export class RawDecoder implements Decoder {
  readonly id = 0;
  readonly name = "Raw";

  async decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    draw(picture, rect, await readPixels(source, rect.width * rect.height, format));
  }
}
