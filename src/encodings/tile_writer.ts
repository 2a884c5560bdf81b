import type { PixelBytes } from "../frame/pixel_bytes.ts";
import { Palette } from "./palette.ts";

/** The first byte of a tile; 2 to 16 means a packed palette of that size. */
const RAW = 0;
const SOLID = 1;
const PLAIN_RLE = 128;
/** Plus the palette's size. */
const PALETTE_RLE = 128;

const MAX_PACKED_COLOURS = 16;
const MAX_COLOURS = 127;

/** Writes tiles one after the other, each raw, solid, palettised or in runs, whichever is smallest. */
export class TileWriter {
  readonly #pixel: PixelBytes;
  readonly #out: Uint8Array;
  #length = 0;
  readonly #palette = new Palette(MAX_COLOURS);
  /** Where each run of one colour starts in the tile, and that colour's number in the palette. */
  readonly #starts: Uint16Array;
  readonly #numbers: Uint8Array;
  #runs = 0;

  constructor(pixel: PixelBytes, out: Uint8Array, tilePixels: number) {
    this.#pixel = pixel;
    this.#out = out;
    this.#starts = new Uint16Array(tilePixels + 1);
    this.#numbers = new Uint8Array(tilePixels);
  }

  get written(): Uint8Array {
    return this.#out.subarray(0, this.#length);
  }

  /**
   * Writes a tile.
   * @param values Its pixel values.
   * @param insteadOfRaw What to do where raw would be smallest; raw is written when left out.
   */
  write(values: Uint32Array, width: number, insteadOfRaw?: () => void): void {
    const colours = this.#findRuns(values);
    if (colours === 1) {
      this.#out[this.#length] = SOLID;
      this.#length = this.#pixel.put(values[0]!, this.#out, this.#length + 1);
      return;
    }
    const pixelSize = this.#pixel.size;
    const rawSize = values.length * pixelSize;
    const { plain, palettised } = this.#runSizes();
    const plainSize = this.#runs * pixelSize + plain;
    const paletteSize = colours === undefined ? Infinity : colours * pixelSize + palettised;
    const packedSize = colours === undefined || colours > MAX_PACKED_COLOURS
      ? Infinity
      : colours * pixelSize + packedRowBytes(width, colours) * (values.length / width);
    switch (Math.min(rawSize, plainSize, paletteSize, packedSize)) {
      case packedSize:
        return this.#writePacked(width);
      case paletteSize:
        return this.#writePaletteRle();
      case rawSize:
        return insteadOfRaw === undefined ? this.#writeRaw(values) : insteadOfRaw();
      default:
        return this.writePlainRle(values);
    }
  }

  /** Writes a whole tile where a raw one has its pixels. */
  writeInRaw(values: Uint32Array, width: number): void {
    this.#out[this.#length++] = RAW;
    this.write(values, width);
  }

  /** Fills runs and palette; returns the number of colours, if the palette has room for all. */
  #findRuns(values: Uint32Array): number | undefined {
    const palette = this.#palette;
    palette.clear();
    let fits = true;
    let runs = 0;
    for (let start = 0; start < values.length;) {
      const colour = values[start]!;
      let end = start + 1;
      while (end < values.length && values[end] === colour) end++;
      if (fits) {
        const number = palette.add(colour, end - start);
        fits = number >= 0;
        this.#numbers[runs] = number;
      }
      this.#starts[runs++] = start;
      start = end;
    }
    this.#starts[runs] = values.length;
    this.#runs = runs;
    return fits ? palette.size : undefined;
  }

  /** The bytes that all runs take besides colours: their lengths, or palette indices and lengths. */
  #runSizes(): { plain: number; palettised: number } {
    let plain = 0;
    let single = 0;
    for (let run = 0; run < this.#runs; run++) {
      const length = this.#starts[run + 1]! - this.#starts[run]!;
      plain += 1 + Math.floor((length - 1) / 255);
      if (length === 1) single++;
    }
    return { plain, palettised: this.#runs + plain - single };
  }

  #writeRaw(values: Uint32Array): void {
    this.#out[this.#length] = RAW;
    this.#length = this.#pixel.putAll(values, this.#out, this.#length + 1);
  }

  #writePalette(subencoding: number): void {
    const { colours, size } = this.#palette;
    this.#out[this.#length] = subencoding;
    this.#length = this.#pixel.putAll(colours.subarray(0, size), this.#out, this.#length + 1);
  }

  /** Rows of bit fields, the leftmost pixel in the highest bits. */
  #writePacked(width: number): void {
    this.#writePalette(this.#palette.size);
    const out = this.#out;
    const bits = fieldBits(this.#palette.size);
    let at = this.#length;
    let byte = 0;
    let free = 8;
    let column = 0;
    for (let run = 0; run < this.#runs; run++) {
      const number = this.#numbers[run]!;
      for (let left = this.#starts[run + 1]! - this.#starts[run]!; left > 0; left--) {
        free -= bits;
        byte |= number << free;
        if (++column === width) column = 0;
        if (free === 0 || column === 0) {
          out[at++] = byte;
          byte = 0;
          free = 8;
        }
      }
    }
    this.#length = at;
  }

  #writePaletteRle(): void {
    this.#writePalette(PALETTE_RLE + this.#palette.size);
    for (let run = 0; run < this.#runs; run++) {
      const length = this.#starts[run + 1]! - this.#starts[run]!;
      const number = this.#numbers[run]!;
      if (length === 1) {
        this.#out[this.#length++] = number;
      } else {
        this.#out[this.#length++] = number | 128;
        this.#writeLength(length);
      }
    }
  }

  /** Writes the tile that {@linkcode write} has been given as runs, whether there are any or not. */
  writePlainRle(values: Uint32Array): void {
    this.#out[this.#length++] = PLAIN_RLE;
    for (let run = 0; run < this.#runs; run++) {
      const start = this.#starts[run]!;
      this.#length = this.#pixel.put(values[start]!, this.#out, this.#length);
      this.#writeLength(this.#starts[run + 1]! - start);
    }
  }

  /** A run's length: bytes that add up to one less, all but the last 255. */
  #writeLength(length: number): void {
    let rest = length - 1;
    for (; rest >= 255; rest -= 255) this.#out[this.#length++] = 255;
    this.#out[this.#length++] = rest;
  }
}

function fieldBits(colours: number): 1 | 2 | 4 {
  return colours === 2 ? 1 : colours <= 4 ? 2 : 4;
}

function packedRowBytes(width: number, colours: number): number {
  return Math.ceil(width * fieldBits(colours) / 8);
}
