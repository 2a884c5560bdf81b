import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { type ByteSource, type Decoder, draw, need, readU8, tilesOf } from "./decoder.ts";
import { CompactPixels } from "./compact_pixels.ts";

export class TRLEDecoder implements Decoder {
  readonly id = 15;
  readonly name = "TRLE";

  async decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void> {
    const pixels = new CompactPixels(source, format);
    let palette = new Uint32Array();
    for (const tile of tilesOf(rect, 16)) {
      const subencoding = await readU8(source);
      const reuses = subencoding === 127 || subencoding === 129;
      if (reuses) need(palette.length > 1, "TRLE: no palette to use again");
      else palette = await readPalette(pixels, subencoding);
      draw(picture, tile, await decodeTile(source, pixels, tile, subencoding, palette));
    }
  }
}

/** The palette that follows a subencoding byte: empty where there's none, one colour if solid. */
export function readPalette(
  pixels: CompactPixels,
  subencoding: number,
): Promise<Uint32Array<ArrayBuffer>> {
  need(subencoding <= 16 || subencoding >= 128, `TRLE: subencoding ${subencoding}`);
  return pixels.read(subencoding & 127);
}

/** Decodes what follows the palette. */
export async function decodeTile(
  source: ByteSource,
  pixels: CompactPixels,
  tile: Rect,
  subencoding: number,
  palette: Uint32Array,
): Promise<Uint32Array> {
  const size = tile.width * tile.height;
  if (subencoding === 0) return await pixels.read(size);
  if (subencoding === 1) return new Uint32Array(size).fill(palette[0]!);
  if (subencoding < 128) return await decodePacked(source, tile, palette);
  const values = new Uint32Array(size);
  for (let at = 0; at < size;) {
    let length: number;
    let value: number;
    if (subencoding === 128) {
      value = (await pixels.read(1))[0]!;
      length = await readRunLength(source);
    } else {
      const index = await readU8(source);
      value = paletteColour(palette, index & 127);
      length = index < 128 ? 1 : await readRunLength(source);
    }
    need(at + length <= size, "TRLE: a run leaves its tile");
    values.fill(value, at, at + length);
    at += length;
  }
  return values;
}

async function decodePacked(
  source: ByteSource,
  tile: Rect,
  palette: Uint32Array,
): Promise<Uint32Array> {
  need(palette.length <= 16, "TRLE: a packed palette of more than 16 colours");
  const bits = palette.length === 2 ? 1 : palette.length <= 4 ? 2 : 4;
  const perByte = 8 / bits;
  const values = new Uint32Array(tile.width * tile.height);
  for (let y = 0; y < tile.height; y++) {
    const row = await source.read(Math.floor((tile.width + perByte - 1) / perByte));
    for (let x = 0; x < tile.width; x++) {
      const byte = row[Math.floor(x / perByte)]!;
      const index = Math.floor(byte / 2 ** (8 - bits - bits * (x % perByte))) % 2 ** bits;
      values[y * tile.width + x] = paletteColour(palette, index);
    }
  }
  return values;
}

function paletteColour(palette: Uint32Array, index: number): number {
  need(index < palette.length, `TRLE: colour ${index} of ${palette.length}`);
  return palette[index]!;
}

async function readRunLength(source: ByteSource): Promise<number> {
  let length = 1;
  for (;;) {
    const byte = await readU8(source);
    length += byte;
    if (byte !== 255) return length;
  }
}
