import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { PixelFormat } from "../../frame/pixel_format.ts";
import { type Rect, split } from "../../frame/rect.ts";
import { translatorFor } from "../../frame/translator.ts";
import { compress } from "../deflate.ts";
import type { EncodedRect, Encoder } from "../encoding.ts";
import { ENCODING } from "../ids.ts";
import { TileWriter } from "../tile_writer.ts";
import { fieldsOf } from "./colours.ts";
import { type Level, transform } from "./wavelet.ts";

const TILE_SIZE = 64;

/** A tile's first bytes: that of a raw tile, whose place a whole tile of coefficients takes. */
const MOST_FIRST_BYTES = 2;

/**
 * ZRLE with a wavelet transform of what would be raw: photos and noise. Viewers know the transform's
 * level only from the quality level that they asked for, and take every raw tile to be transformed
 * if they did. So what must be exact is never raw. Nor can it be sent as ZRLE: two viewers
 * (UltraVNC, libvncclient) expect no transform any more once they have seen that.
 */
export const zywrle: Encoder = {
  id: ENCODING.ZYWRLE,
  name: "ZYWRLE",
  encode(frame, rect, format, { quality, zywrleLevel, compressLevel }) {
    const level = quality === undefined ? undefined : zywrleLevel;
    return split(rect, rect.width, TILE_SIZE).flatMap((row) =>
      encodeRow(frame, row, format, level).map(({ rect, tiles, lossy }) => {
        const deflated = { stream: "zrle", segment: compress(tiles, compressLevel) };
        return { rect, encoding: ENCODING.ZYWRLE, head: new Uint8Array(), deflated, lossy };
      })
    );
  },
};

/** Tiles side by side that are all exact, or all not. */
interface Run extends Pick<EncodedRect, "rect"> {
  /** ZRLE's bytes before they are compressed. */
  readonly tiles: Uint8Array;
  readonly lossy: boolean;
}

/** Encodes a rectangle that is at most one tile high. */
function encodeRow(
  frame: Framebuffer,
  row: Rect,
  format: PixelFormat,
  level: Level | undefined,
): Run[] {
  const translator = translatorFor(format);
  const fields = fieldsOf(format);
  const tiles = split(row, TILE_SIZE, TILE_SIZE);
  // No tile is larger than one of runs of one pixel, with a byte for the length of each.
  const size = tiles.length * MOST_FIRST_BYTES +
    row.width * row.height * (translator.compactPixel.size + 1);
  const tilePixels = TILE_SIZE * row.height;
  const writer = new TileWriter(translator.compactPixel, new Uint8Array(size), tilePixels);
  const scratch = new Uint32Array(tilePixels);
  const runs: Run[] = [];
  for (const tile of tiles) {
    const values = translator.values(frame, tile, scratch);
    const from = writer.written.length;
    let lossy = false;
    writer.write(values, tile.width, () => {
      const coefficients = level === undefined || fields === undefined
        ? undefined
        : transform(values, tile.width, fields, level);
      lossy = coefficients !== undefined;
      if (coefficients === undefined) writer.writePlainRle(values);
      else writer.writeInRaw(coefficients, tile.width);
    });
    add(runs, { rect: tile, tiles: writer.written.subarray(from), lossy });
  }
  return runs;
}

/** Adds a tile to the run before it if they belong together. */
function add(runs: Run[], tile: Run): void {
  const last = runs.at(-1);
  if (last === undefined || last.lossy !== tile.lossy) {
    runs.push(tile);
    return;
  }
  const { rect, tiles, lossy } = last;
  const length = tiles.length + tile.tiles.length;
  runs[runs.length - 1] = {
    rect: { ...rect, width: rect.width + tile.rect.width },
    // They follow each other in one buffer.
    tiles: new Uint8Array(tiles.buffer, tiles.byteOffset, length),
    lossy,
  };
}
