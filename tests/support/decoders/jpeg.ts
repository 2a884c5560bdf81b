import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { decodeJpeg } from "../jpeg.ts";
import { type ByteSource, colourValue, type Decoder, draw, need, readU8 } from "./decoder.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

export class JPEGDecoder implements Decoder {
  readonly id = 21;
  readonly name = "JPEG";

  async decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    need(format.trueColour, "JPEG: to a viewer with a colour map");
    const { width, height, pixels } = decodeJpeg(Uint8Array.from(await readFile(source)));
    need(width === rect.width && height === rect.height, `JPEG: ${width}x${height} pixels`);
    draw(picture, rect, pixels.map((word) => colourValue(word, format)));
  }
}

/** Reads a JPEG file, which tells its length only by where it ends. */
async function readFile(source: ByteSource): Promise<number[]> {
  need(await readMarker(source) === SOI, "JPEG: no start of image");
  const file = [0xff, SOI];
  for (let marker = await readMarker(source);;) {
    file.push(0xff, marker);
    if (marker === EOI) return file;
    const [high, low] = await source.read(2);
    file.push(high!, low!, ...await source.read(high! * 256 + low! - 2));
    marker = marker === SOS ? await readScan(source, file) : await readMarker(source);
  }
}

async function readMarker(source: ByteSource): Promise<number> {
  const [prefix, marker] = await source.read(2);
  need(prefix === 0xff, "JPEG: no marker where one has to be");
  return marker!;
}

/** Reads compressed data up to the next marker, and returns that. */
async function readScan(source: ByteSource, file: number[]): Promise<number> {
  for (;;) {
    const byte = await readU8(source);
    if (byte !== 0xff) {
      file.push(byte);
      continue;
    }
    const next = await readU8(source);
    const isRestart = next >= 0xd0 && next <= 0xd7;
    if (next !== 0 && !isRestart) return next;
    file.push(byte, next);
  }
}
