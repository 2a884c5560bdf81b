import type { Fields } from "./colours.ts";

/*
 * ZYWRLE's transform, as Hitachi defined it ("ZYWRLE": Enhanced VNC codec for Motion picture, 2007):
 * colours become luma and chroma, and these wavelet coefficients. Those of the finest details, which
 * are small in photos, are rounded, most of them to nothing. They are written where the tile's pixels
 * would be, as pixel values, so that runs and repetitions come about that ZRLE and zlib compress.
 *
 * Each level halves a picture's width and height. Of a square of 2x2 values it leaves the mean in the
 * place of the first, for the next level, and puts what they differ by into the places of the others.
 */

/** How many levels viewers do. */
export type Level = 1 | 2 | 3;

/** Bits that are left of each level's details, the finest first, for luma and for chroma. */
const BITS: Readonly<Record<Level, readonly { readonly luma: number; readonly chroma: number }[]>> =
  {
    1: [{ luma: 5, chroma: 0 }],
    2: [{ luma: 4, chroma: 0 }, { luma: 5, chroma: 5 }],
    3: [{ luma: 3, chroma: 0 }, { luma: 4, chroma: 4 }, { luma: 5, chroma: 5 }],
  };

/** One sample a pixel, -127 to 127, of the part of a tile that can be halved `level` times. */
interface Plane {
  readonly samples: Int8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Transforms a tile.
 * @param values Its pixel values, of which only the bits in `fields` are used.
 * @returns As many values: coefficients, the finest details first, and then the pixels at the right
 * and at the bottom that are too few to be halved. Undefined if the tile is too small for any.
 */
export function transform(
  values: Uint32Array,
  width: number,
  fields: Fields,
  level: Level,
): Uint32Array | undefined {
  const height = values.length / width;
  const unit = 2 ** level;
  const size = { width: width - width % unit, height: height - height % unit };
  if (size.width === 0 || size.height === 0) return undefined;
  const planes = split(values, width, size, fields);
  const [blue, luma, red] = planes;
  for (let n = 0; n < level; n++) {
    const bits = BITS[level][n]!;
    for (const plane of planes) halve(plane, 2 ** n);
    roundDetails(luma, 2 ** n, ROUNDED[bits.luma]!);
    for (const chroma of [blue, red]) roundDetails(chroma, 2 ** n, ROUNDED[bits.chroma]!);
  }
  return ordered(values, width, planes, fields, level);
}

type Planes = readonly [blue: Plane, luma: Plane, red: Plane];

/** Colours as luma and two differences from green, like JPEG 2000's reversible transform. */
function split(
  values: Uint32Array,
  stride: number,
  { width, height }: Pick<Plane, "width" | "height">,
  fields: Fields,
): Planes {
  const blueDifferences = new Int8Array(width * height);
  const lumas = new Int8Array(width * height);
  const redDifferences = new Int8Array(width * height);
  const [red, green, blue] = fields;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const value = values[y * stride + x]!;
      const r = (value >>> red.shift << 8 - red.bits) & 0xff;
      const g = (value >>> green.shift << 8 - green.bits) & 0xff;
      const b = (value >>> blue.shift << 8 - blue.bits) & 0xff;
      lumas[to] = sample((r + 2 * g + b >> 2) - 128, green.bits);
      blueDifferences[to] = sample(b - g >> 1, blue.bits);
      redDifferences[to] = sample(r - g >> 1, red.bits);
    }
  }
  const plane = (samples: Int8Array) => ({ samples, width, height });
  return [plane(blueDifferences), plane(lumas), plane(redDifferences)];
}

/** Keeps the upper bits, as many as there is room for, and no -128, which has no opposite. */
function sample(value: number, bits: number): number {
  const step = 1 << 8 - bits;
  return Math.max(value & -step, step - 128);
}

/** One level: across, then down. `step` is how far apart the samples are that it works on. */
function halve({ samples, width, height }: Plane, step: number): void {
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += 2 * step) pair(samples, y * width + x, step);
  }
  for (let y = 0; y < height; y += 2 * step) {
    for (let x = 0; x < width; x += step) pair(samples, y * width + x, step * width);
  }
}

/**
 * The piecewise linear Haar transform of two samples, which stay within -127 to 127 (Senecal et al.,
 * "An Improved N-Bit to N-Bit Reversible Haar-Like Transform", 2004). It undoes itself.
 */
function pair(samples: Int8Array, at: number, apart: number): void {
  const a = samples[at]!;
  const b = samples[at + apart]!;
  // Without a branch, which no processor could foresee: all bits are 1 where the signs differ.
  const differ = (a ^ b) >> 31;
  const alike = (b ^ differ) - differ;
  const difference = a - alike;
  const negative = a >> 31;
  const larger = Math.max(a ^ negative, alike ^ negative) ^ negative;
  const swapped = (larger ^ difference) & differ;
  samples[at] = larger ^ swapped;
  samples[at + apart] = difference ^ swapped;
}

/** Rounds what one level made of all samples but each square's first. */
function roundDetails({ samples, width, height }: Plane, step: number, rounded: Int8Array): void {
  for (let y = 0; y < height; y += step) {
    const isDetailRow = (y & step) !== 0;
    for (let x = isDetailRow ? 0 : step; x < width; x += isDetailRow ? step : 2 * step) {
      samples[y * width + x] = rounded[samples[y * width + x]! & 0xff]!;
    }
  }
}

/** For each number of bits: what to make of a sample, by its low 8 bits. */
const ROUNDED: readonly Int8Array[] = [0, 1, 2, 3, 4, 5].map(roundingTable);

/**
 * Steps that grow smaller with the samples' size: large differences are what is seen. All results are
 * multiples of 8, so that 5 bits of a pixel value hold them.
 */
function roundingTable(bits: number): Int8Array {
  const table = new Int8Array(256);
  if (bits === 0) return table;
  const steps = 2 ** (bits - 1);
  for (let size = 1; size < 128; size++) {
    const step = Math.min(Math.round((size / 128) ** 2 * steps), steps - 1);
    const rounded = 8 * Math.round(Math.sqrt(step / steps) * 16);
    table[size] = rounded;
    table[256 - size] = -rounded;
  }
  return table;
}

/** Where in each square a level's kinds of details are: in both directions, down, and across. */
const DETAILS = [[1, 1], [0, 1], [1, 0]] as const;

/** All coefficients as pixel values in the order in which they are sent, and the pixels left over. */
function ordered(
  values: Uint32Array,
  stride: number,
  planes: Planes,
  fields: Fields,
  level: Level,
): Uint32Array {
  const { width, height } = planes[0];
  const coefficients = pack(planes, fields);
  const out = new Uint32Array(values.length);
  let to = 0;
  const add = (left: number, top: number, step: number) => {
    for (let y = top; y < height; y += step) {
      const end = (y + 1) * width;
      for (let at = y * width + left; at < end; at += step) out[to++] = coefficients[at]!;
    }
  };
  const copy = (left: number, right: number, top: number, bottom: number) => {
    for (let y = top; y < bottom; y++) {
      out.set(values.subarray(y * stride + left, y * stride + right), to);
      to += right - left;
    }
  };
  for (let n = 0; n < level; n++) {
    for (const [across, down] of DETAILS) add(across << n, down << n, 2 << n);
  }
  add(0, 0, 1 << level);
  copy(width, stride, 0, height);
  copy(0, width, height, values.length / stride);
  copy(width, stride, height, values.length / stride);
  return out;
}

/** Pixel values that have a sample of each plane in their colours' upper bits. */
function pack([blue, luma, red]: Planes, [high, middle, low]: Fields): Uint32Array {
  const out = new Uint32Array(luma.samples.length);
  for (let at = 0; at < out.length; at++) {
    out[at] = (red.samples[at]! & 0xff) >> 8 - high.bits << high.shift |
      (luma.samples[at]! & 0xff) >> 8 - middle.bits << middle.shift |
      (blue.samples[at]! & 0xff) >> 8 - low.bits << low.shift;
  }
  return out;
}
