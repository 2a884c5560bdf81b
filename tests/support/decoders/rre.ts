import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import { contains, isEmpty, type Rect } from "../../../src/frame/rect.ts";
import {
  type ByteSource,
  type Decoder,
  fill,
  need,
  pixelValue,
  readPixel,
  readU32,
} from "./decoder.ts";

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
  coordinateSize: 1 | 2,
): Promise<void> {
  const count = await readU32(source);
  need(count <= rect.width * rect.height, "RRE: more subrectangles than pixels");
  const background = await readPixel(source, format);
  fill(picture, rect, background);
  const whole = { x: 0, y: 0, width: rect.width, height: rect.height };
  const pixelSize = format.bitsPerPixel / 8;
  const size = pixelSize + 4 * coordinateSize;
  const bytes = await source.read(count * size);
  for (let at = 0; at < bytes.length; at += size) {
    const value = pixelValue(bytes, at, pixelSize, format.bigEndian);
    need(value !== background, "RRE: a subrectangle in the background's colour");
    const subrect = readSubrect(bytes.subarray(at + pixelSize, at + size));
    need(!isEmpty(subrect), "RRE: an empty subrectangle");
    need(contains(whole, subrect), "RRE: a subrectangle leaves the rectangle");
    fill(picture, { ...subrect, x: rect.x + subrect.x, y: rect.y + subrect.y }, value);
  }
}

/** A place and size, each number of it in one byte or in two. */
function readSubrect(bytes: Uint8Array): Rect {
  const number = (n: number) =>
    bytes.length === 4 ? bytes[n]! : bytes[2 * n]! * 256 + bytes[2 * n + 1]!;
  return { x: number(0), y: number(1), width: number(2), height: number(3) };
}
