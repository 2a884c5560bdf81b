import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelFormat } from "../../../src/frame/pixel_format.ts";
import { contains, type Rect } from "../../../src/frame/rect.ts";

/** Where a decoder gets its bytes: `read` waits for exactly `n` of them. */
export interface ByteSource {
  read(n: number): Promise<Uint8Array>;
}

/**
 * One encoding from a viewer's side, with the state that one connection keeps for it. Written from
 * the specification alone, and stricter than viewers are.
 */
export interface Decoder {
  readonly id: number;
  readonly name: string;
  /**
   * Reads what follows a rectangle's header.
   * @param picture Holds pixel values of `format`, not colours; the rectangle is drawn into it.
   * @throws {DecodeError} When the bytes are not what the specification allows.
   */
  decode(
    source: ByteSource,
    rect: Rect,
    format: PixelFormat,
    picture: Framebuffer,
  ): Promise<void>;
}

/** The server sent what it must not. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
}

/** Fails with `problem` unless `condition` holds. */
export function need(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new DecodeError(problem);
}

/** Bytes in memory, read like a connection. */
export class BytesSource implements ByteSource {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  read(n: number): Promise<Uint8Array> {
    if (n > this.left) {
      return Promise.reject(new DecodeError(`${n} bytes needed, ${this.left} left`));
    }
    this.#at += n;
    return Promise.resolve(this.#bytes.subarray(this.#at - n, this.#at));
  }
}

export async function readU8(source: ByteSource): Promise<number> {
  return (await source.read(1))[0]!;
}

export async function readU32(source: ByteSource): Promise<number> {
  const [a, b, c, d] = await source.read(4);
  return a! * 2 ** 24 + b! * 2 ** 16 + c! * 2 ** 8 + d!;
}

/** The pixel value in the `size` bytes at an offset. */
export function pixelValue(
  bytes: Uint8Array,
  offset: number,
  size: number,
  bigEndian: boolean,
): number {
  let value = 0;
  for (let n = 0; n < size; n++) {
    value = value * 256 + bytes[offset + (bigEndian ? n : size - 1 - n)]!;
  }
  return value;
}

/** The pixel values in bytes, `size` of them each. */
export function pixelValues(
  bytes: Uint8Array,
  size: number,
  bigEndian: boolean,
): Uint32Array<ArrayBuffer> {
  const values = new Uint32Array(bytes.length / size);
  for (let n = 0; n < values.length; n++) values[n] = pixelValue(bytes, n * size, size, bigEndian);
  return values;
}

/** The pixel value of a colour, `0x00RRGGBB`, in a format with true colours. */
export function colourValue(rgb: number, format: PixelFormat): number {
  const field = (intensity: number, max: number, shift: number) =>
    Math.round((intensity & 0xff) * max / 255) * 2 ** shift;
  return field(rgb >>> 16, format.redMax, format.redShift) +
    field(rgb >>> 8, format.greenMax, format.greenShift) +
    field(rgb, format.blueMax, format.blueShift);
}

/** Reads PIXELs. */
export async function readPixels(
  source: ByteSource,
  count: number,
  format: PixelFormat,
): Promise<Uint32Array> {
  const size = format.bitsPerPixel / 8;
  return pixelValues(await source.read(count * size), size, format.bigEndian);
}

export async function readPixel(source: ByteSource, format: PixelFormat): Promise<number> {
  return (await readPixels(source, 1, format))[0]!;
}

/** Fills a rectangle of the picture. */
export function fill(picture: Framebuffer, rect: Rect, value: number): void {
  need(contains(picture.bounds, rect), "a rectangle leaves the picture");
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const start = y * picture.stride + rect.x;
    picture.pixels.fill(value, start, start + rect.width);
  }
}

/** Draws a rectangle of pixel values, given row by row. */
export function draw(picture: Framebuffer, rect: Rect, values: Uint32Array): void {
  need(contains(picture.bounds, rect), "a rectangle leaves the picture");
  for (let row = 0; row < rect.height; row++) {
    const start = row * rect.width;
    const to = (rect.y + row) * picture.stride + rect.x;
    picture.pixels.set(values.subarray(start, start + rect.width), to);
  }
}

/** The tiles of a rectangle, from left to right and from the top down. */
export function* tilesOf(rect: Rect, size: number): Generator<Rect> {
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  for (let y = rect.y; y < bottom; y += size) {
    for (let x = rect.x; x < right; x += size) {
      yield { x, y, width: Math.min(size, right - x), height: Math.min(size, bottom - y) };
    }
  }
}
