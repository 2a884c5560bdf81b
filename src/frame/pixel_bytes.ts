import type { PixelFormat } from "./pixel_format.ts";

/**
 * How a pixel value stands in bytes: byte number n is the low byte of `value >>> shifts[n]`. So
 * `[0, 8, 16, 24]` is a little-endian word, and `[24, 16, 8]` the upper three bytes of a big-endian
 * one.
 */
export class PixelBytes {
  /** Bytes in one pixel, 1 to 4. */
  readonly size: number;
  /** The lowest bit of a pixel value that is written. */
  readonly lowestBit: number;
  /** Whether the highest byte comes first; both tell all but of Tight's pixels in an odd order. */
  readonly bigEndian: boolean;
  readonly #shifts: readonly number[];

  private constructor(shifts: readonly number[]) {
    this.size = shifts.length;
    this.lowestBit = Math.min(...shifts);
    this.bigEndian = shifts[0] !== this.lowestBit;
    this.#shifts = shifts;
  }

  /** The specification's PIXEL. */
  static pixel(format: PixelFormat): PixelBytes {
    return PixelBytes.#ordered(format.bitsPerPixel / 8, 0, format.bigEndian);
  }

  /** The CPIXEL of TRLE and ZRLE (RFC 6143 §7.7.5): three bytes where these hold all colours. */
  static compactPixel(format: PixelFormat): PixelBytes {
    if (!format.trueColour || format.bitsPerPixel !== 32 || format.depth > 24) {
      return PixelBytes.pixel(format);
    }
    const used = usedBits(format);
    if (used <= 0xffffff) return PixelBytes.#ordered(3, 0, format.bigEndian);
    if ((used & 0xff) === 0) return PixelBytes.#ordered(3, 8, format.bigEndian);
    return PixelBytes.pixel(format);
  }

  /** Tight's TPIXEL: red, green, blue where each has 8 bits of a 32-bit pixel, whatever their order. */
  static tightPixel(format: PixelFormat): PixelBytes {
    const { redMax, greenMax, blueMax, redShift, greenShift, blueShift } = format;
    const compact = format.trueColour && format.bitsPerPixel === 32 && format.depth === 24 &&
      redMax === 255 && greenMax === 255 && blueMax === 255;
    return compact ? new PixelBytes([redShift, greenShift, blueShift]) : PixelBytes.pixel(format);
  }

  static #ordered(size: number, lowest: number, bigEndian: boolean): PixelBytes {
    const shifts = Array.from({ length: size }, (_, n) => lowest + 8 * n);
    return new PixelBytes(bigEndian ? shifts.reverse() : shifts);
  }

  /** Writes one pixel value and returns the offset behind it. */
  put(value: number, out: Uint8Array, offset: number): number {
    const shifts = this.#shifts;
    for (let n = 0; n < shifts.length; n++) out[offset + n] = value >>> shifts[n]!;
    return offset + shifts.length;
  }

  /** Writes pixel values one after the other and returns the offset behind them. */
  putAll(values: Uint32Array, out: Uint8Array, offset: number): number {
    if (this.#isHostOrder) out.set(bytesOf(values), offset);
    else if (this.size === 1) out.set(values, offset);
    else if (this.size === 2) this.#put2(values, out, offset);
    else this.#put3or4(values, out, offset);
    return offset + values.length * this.size;
  }

  /** The bytes of all the pixel values; they may share the memory of `values`. */
  bytes(values: Uint32Array): Uint8Array {
    if (this.#isHostOrder) return bytesOf(values);
    const out = new Uint8Array(values.length * this.size);
    this.putAll(values, out, 0);
    return out;
  }

  /** Whether a pixel's bytes are those of a word in memory; vncd's platforms are little-endian. */
  get #isHostOrder(): boolean {
    return this.size === 4 && this.#shifts[0] === 0;
  }

  #put2(values: Uint32Array, out: Uint8Array, offset: number): void {
    const [first, second] = this.#shifts as [number, number];
    for (let i = 0; i < values.length; i++, offset += 2) {
      const value = values[i]!;
      out[offset] = value >>> first;
      out[offset + 1] = value >>> second;
    }
  }

  #put3or4(values: Uint32Array, out: Uint8Array, offset: number): void {
    const [first, second, third, fourth] = this.#shifts as [number, number, number, number?];
    const size = this.size;
    for (let i = 0; i < values.length; i++, offset += size) {
      const value = values[i]!;
      out[offset] = value >>> first;
      out[offset + 1] = value >>> second;
      out[offset + 2] = value >>> third;
      if (fourth !== undefined) out[offset + 3] = value >>> fourth;
    }
  }
}

function bytesOf(values: Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The bits of a pixel value that any colour of the format can set. */
function usedBits(format: PixelFormat): number {
  const field = (max: number, shift: number) => (2 ** (32 - Math.clz32(max)) - 1) * 2 ** shift;
  return (field(format.redMax, format.redShift) | field(format.greenMax, format.greenShift) |
    field(format.blueMax, format.blueShift)) >>> 0;
}
