import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import { contains, type Rect } from "../../../src/frame/rect.ts";
import {
  type ByteSource,
  type Decoder,
  draw,
  fill,
  need,
  pixelValue,
  readPixel,
  readPixels,
  readU8,
  tilesOf,
} from "./decoder.ts";

/** The colours that a tile leaves to the next one, where it leaves any. */
interface Carried {
  readonly background?: number;
  readonly foreground?: number;
}

export class HextileDecoder implements Decoder {
  readonly id = 5;
  readonly name = "Hextile";

  async decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    let carried: Carried = {};
    for (const tile of tilesOf(rect, 16)) {
      carried = await decodeTile(source, tile, format, picture, carried);
    }
  }
}

async function decodeTile(
  source: ByteSource,
  tile: Rect,
  format: PixelFormat,
  picture: Framebuffer,
  carried: Carried,
): Promise<Carried> {
  const mask = await readU8(source);
  need(mask < 32, `Hextile: unknown bits in the mask ${mask}`);
  if ((mask & 1) !== 0) {
    draw(picture, tile, await readPixels(source, tile.width * tile.height, format));
    return {};
  }
  const background = (mask & 2) !== 0 ? await readPixel(source, format) : carried.background;
  need(background !== undefined, "Hextile: no background to carry over");
  fill(picture, tile, background);

  const coloured = (mask & 16) !== 0;
  need(!coloured || (mask & 4) === 0, "Hextile: a foreground and coloured subrectangles");
  const foreground = (mask & 4) !== 0 ? await readPixel(source, format) : carried.foreground;
  if ((mask & 8) !== 0) {
    need(coloured || foreground !== undefined, "Hextile: no foreground to carry over");
    await decodeSubrects(source, tile, format, picture, coloured ? undefined : foreground);
  }
  return coloured ? { background } : { background, foreground };
}

/** @param foreground All subrectangles' colour; each one names its own when left out. */
async function decodeSubrects(
  source: ByteSource,
  tile: Rect,
  format: PixelFormat,
  picture: Framebuffer,
  foreground: number | undefined,
): Promise<void> {
  const colourSize = foreground === undefined ? format.bitsPerPixel / 8 : 0;
  const count = await readU8(source);
  const bytes = await source.read(count * (colourSize + 2));
  for (let at = 0; at < bytes.length; at += colourSize + 2) {
    const value = foreground ?? pixelValue(bytes, at, colourSize, format.bigEndian);
    const place = bytes[at + colourSize]!;
    const size = bytes[at + colourSize + 1]!;
    const subrect = {
      x: tile.x + (place >> 4),
      y: tile.y + (place & 15),
      width: (size >> 4) + 1,
      height: (size & 15) + 1,
    };
    need(contains(tile, subrect), "Hextile: a subrectangle leaves its tile");
    fill(picture, subrect, value);
  }
}
