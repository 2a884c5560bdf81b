import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import { type ByteSource, pixelValues } from "./decoder.ts";

/** Reads CPIXELs. */
export class CompactPixels {
  readonly #source: ByteSource;
  readonly #bigEndian: boolean;
  readonly #size: number;
  /** What the bytes' value is multiplied by: 256 where they are a pixel's upper three bytes. */
  readonly #unit: number;

  constructor(source: ByteSource, format: PixelFormat) {
    this.#source = source;
    this.#bigEndian = format.bigEndian;
    const compact = format.trueColour && format.bitsPerPixel === 32 && format.depth <= 24;
    const fields = [
      { max: format.redMax, shift: format.redShift },
      { max: format.greenMax, shift: format.greenShift },
      { max: format.blueMax, shift: format.blueShift },
    ];
    const inLower = fields.every(({ max, shift }) => max.toString(2).length + shift <= 24);
    const inUpper = fields.every(({ shift }) => shift >= 8);
    this.#size = compact && (inLower || inUpper) ? 3 : format.bitsPerPixel / 8;
    this.#unit = compact && inUpper && !inLower ? 256 : 1;
  }

  async read(count: number): Promise<Uint32Array<ArrayBuffer>> {
    const bytes = await this.#source.read(count * this.#size);
    return pixelValues(bytes, this.#size, this.#bigEndian).map((value) => value * this.#unit);
  }
}
