import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { PixelBytes } from "../../frame/pixel_bytes.ts";
import { split } from "../../frame/rect.ts";
import { Palette } from "../palette.ts";
import { Subrects } from "../subrects.ts";

const TILE = 16;
const TILE_PIXELS = TILE * TILE;

/** The bits of a tile's first byte. */
const RAW = 1;
const BACKGROUND_SPECIFIED = 2;
const FOREGROUND_SPECIFIED = 4;
const ANY_SUBRECTS = 8;
const SUBRECTS_COLOURED = 16;

/** What the kernel does, in plain words, for the tests: a picture's pixel values as Hextile's tiles. */
export function hextilePlainly(values: Framebuffer, pixel: PixelBytes): Uint8Array {
  const tiles = split(values.bounds, TILE, TILE);
  const writer = new TileWriter(
    pixel,
    new Uint8Array(tiles.length + values.pixels.length * pixel.size),
  );
  for (const tile of tiles) writer.write(values.part(tile).pixels, tile.width);
  return writer.written;
}

/** Writes tiles one after the other, each in its smallest form. */
class TileWriter {
  #length = 0;
  readonly #pixel: PixelBytes;
  readonly #out: Uint8Array;
  readonly #palette = new Palette(TILE_PIXELS);
  readonly #subrects = new Subrects(TILE_PIXELS);
  /** What the next tile may carry over; undefined where the last one left nothing to carry. */
  #background: number | undefined;
  #foreground: number | undefined;

  constructor(pixel: PixelBytes, out: Uint8Array) {
    this.#pixel = pixel;
    this.#out = out;
  }

  get written(): Uint8Array {
    return this.#out.subarray(0, this.#length);
  }

  /** @param values The tile's pixel values. */
  write(values: Uint32Array, width: number): void {
    const palette = this.#palette;
    palette.clear();
    palette.addAll(values);
    const background = palette.mostFrequent;
    const foreground = palette.size === 2
      ? palette.colours[palette.colours[0] === background ? 1 : 0]!
      : undefined;
    const coloured = palette.size > 2;

    const pixelSize = this.#pixel.size;
    const specified = (background === this.#background ? 0 : pixelSize) +
      (foreground === undefined || foreground === this.#foreground ? 0 : pixelSize);
    const subrectSize = coloured ? pixelSize + 2 : 2;
    // No larger than raw; each colour but the background needs at least one subrectangle.
    const room = values.length * pixelSize - specified - (palette.size > 1 ? 1 : 0);
    const limit = Math.floor(room / subrectSize);
    const fits = palette.size - 1 <= limit &&
      this.#subrects.find(values, width, background, limit);
    if (fits) this.#writeSubrects(background, foreground, coloured);
    else this.#writeRaw(values);
  }

  #writeRaw(values: Uint32Array): void {
    this.#out[this.#length++] = RAW;
    this.#length = this.#pixel.putAll(values, this.#out, this.#length);
    this.#background = undefined;
    this.#foreground = undefined;
  }

  #writeSubrects(background: number, foreground: number | undefined, coloured: boolean): void {
    const out = this.#out;
    const pixel = this.#pixel;
    const { count, colours, xs, ys, widths, heights } = this.#subrects;
    const maskAt = this.#length;
    let mask = count > 0 ? ANY_SUBRECTS : 0;
    let at = maskAt + 1;
    if (background !== this.#background) {
      mask |= BACKGROUND_SPECIFIED;
      at = pixel.put(background, out, at);
      this.#background = background;
    }
    if (coloured) {
      mask |= SUBRECTS_COLOURED;
      this.#foreground = undefined;
    } else if (foreground !== undefined && foreground !== this.#foreground) {
      mask |= FOREGROUND_SPECIFIED;
      at = pixel.put(foreground, out, at);
      this.#foreground = foreground;
    }
    if (count > 0) out[at++] = count;
    for (let i = 0; i < count; i++) {
      if (coloured) at = pixel.put(colours[i]!, out, at);
      out[at++] = xs[i]! << 4 | ys[i]!;
      out[at++] = (widths[i]! - 1) << 4 | (heights[i]! - 1);
    }
    out[maskAt] = mask;
    this.#length = at;
  }
}
