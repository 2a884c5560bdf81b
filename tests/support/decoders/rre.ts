import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import { contains, type Rect } from "../../../src/frame/rect.ts";
import { type ByteSource, type Decoder, fill, need, readPixel, readU32 } from "./decoder.ts";

export class RREDecoder implements Decoder {
  readonly id = 2;
  readonly name = "RRE";

  decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    return decodeSubrects(source, rect, format, picture, 2);
  }
}

export class CoRREDecoder implements Decoder {
  readonly id = 4;
  readonly name = "CoRRE";

  decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    need(rect.width <= 255 && rect.height <= 255, "CoRRE: a rectangle over 255 pixels");
    return decodeSubrects(source, rect, format, picture, 1);
  }
}

async function decodeSubrects(
  source: ByteSource,
  rect: Rect,
  format: PixelFormat,
  picture: Framebuffer,
  coordinateSize: number,
): Promise<void> {
  const count = await readU32(source);
  need(count <= rect.width * rect.height, "RRE: more subrectangles than pixels");
  const background = await readPixel(source, format);
  fill(picture, rect, background);
  const whole = { x: 0, y: 0, width: rect.width, height: rect.height };
  for (let n = 0; n < count; n++) {
    const value = await readPixel(source, format);
    need(value !== background, "RRE: a subrectangle in the background's colour");
    const bytes = await source.read(4 * coordinateSize);
    const [x, y, width, height] = coordinateSize === 1 ? bytes : u16s(bytes);
    const subrect = { x: x!, y: y!, width: width!, height: height! };
    need(subrect.width > 0 && subrect.height > 0, "RRE: an empty subrectangle");
    need(contains(whole, subrect), "RRE: a subrectangle leaves the rectangle");
    fill(picture, { ...subrect, x: rect.x + subrect.x, y: rect.y + subrect.y }, value);
  }
}

function u16s(bytes: Uint8Array): number[] {
  return Array.from(
    { length: bytes.length / 2 },
    (_, n) => bytes[2 * n]! * 256 + bytes[2 * n + 1]!,
  );
}
