import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import { contains, type Rect } from "../../../src/frame/rect.ts";
import { type ByteSource, type Decoder, draw, need } from "./decoder.ts";

export class CopyRectDecoder implements Decoder {
  readonly id = 1;
  readonly name = "CopyRect";

  async decode(
    source: ByteSource,
    rect: Rect,
    _format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    const [xHigh, xLow, yHigh, yLow] = await source.read(4);
    const from = { ...rect, x: xHigh! * 256 + xLow!, y: yHigh! * 256 + yLow! };
    need(contains(picture.bounds, from), "CopyRect: the source leaves the picture");
    const values = new Uint32Array(rect.width * rect.height);
    for (let row = 0; row < rect.height; row++) {
      const start = (from.y + row) * picture.stride + from.x;
      values.set(picture.pixels.subarray(start, start + rect.width), row * rect.width);
    }
    draw(picture, rect, values);
  }
}
