import { decode, encode } from "fast-png";
import { assertEquals } from "@std/assert";
import { psnr } from "../../support/psnr.ts";
import type { Screenshot } from "../../support/xwd.ts";

/** What a screen shows: `width * height` words `0x00RRGGBB`. */
export type Picture = Screenshot;

/** The part of a picture that begins at `x`, `y`. */
export function crop(of: Picture, x: number, y: number, width: number, height: number): Picture {
  const pixels = new Uint32Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = (y + row) * of.width + x;
    pixels.set(of.pixels.subarray(start, start + width), row * width);
  }
  return { width, height, pixels };
}

/**
 * The picture as a viewer with few colours is to see it: each channel becomes
 * `round(value * max / 255)`, from 0 to its maximum.
 */
export function quantise(picture: Picture, max: readonly [number, number, number]): Picture {
  const [red, green, blue] = max;
  const scaled = (value: number, limit: number) => Math.round((value & 255) * limit / 255);
  const pixels = picture.pixels.map((rgb) =>
    scaled(rgb >> 16, red) << 16 | scaled(rgb >> 8, green) << 8 | scaled(rgb, blue)
  );
  return { ...picture, pixels };
}

/** The picture in the colours left by {@linkcode quantise}, spread over 0 to 255 again. */
export function posterise(picture: Picture, max: readonly [number, number, number]): Picture {
  return spread(quantise(picture, max), max);
}

/** A picture whose channels go from 0 to their maximum, spread over 0 to 255. */
export function spread(picture: Picture, max: readonly [number, number, number]): Picture {
  const [red, green, blue] = max;
  const scaled = (value: number, limit: number) => Math.round((value & 255) * 255 / limit);
  const pixels = picture.pixels.map((rgb) =>
    scaled(rgb >> 16, red) << 16 | scaled(rgb >> 8, green) << 8 | scaled(rgb, blue)
  );
  return { ...picture, pixels };
}

/**
 * In how many pixels a channel differs by more than `tolerance` (red, green, blue), and where first.
 * @returns `undefined` when there is none.
 */
export function difference(
  actual: Picture,
  expected: Picture,
  tolerance: readonly [number, number, number] = [0, 0, 0],
): string | undefined {
  if (actual.width !== expected.width || actual.height !== expected.height) {
    return `${actual.width}x${actual.height} instead of ${expected.width}x${expected.height}`;
  }
  let count = 0;
  let first = 0;
  for (let i = actual.pixels.length - 1; i >= 0; i--) {
    if (near(actual.pixels[i]!, expected.pixels[i]!, tolerance)) continue;
    count++;
    first = i;
  }
  if (count === 0) return undefined;
  const where = `(${first % actual.width}, ${Math.floor(first / actual.width)})`;
  const [is, should] = [hex(actual.pixels[first]!), hex(expected.pixels[first]!)];
  return `${count} of ${actual.pixels.length} pixels differ, the first at ${where}: ` +
    `${is} instead of ${should}`;
}

/**
 * What keeps a picture from resembling another.
 * @param decibels The least peak signal-to-noise ratio.
 * @returns `undefined` when it is like enough.
 */
export function unlikeness(
  actual: Picture,
  expected: Picture,
  decibels: number,
): string | undefined {
  if (actual.width !== expected.width || actual.height !== expected.height) {
    return difference(actual, expected);
  }
  const found = psnr(actual.pixels, expected.pixels);
  return found >= decibels ? undefined : `${found.toFixed(1)} dB instead of ${decibels}`;
}

/** Reads a PNG file of 8 bits a channel; alpha is dropped. */
export async function readPng(file: string): Promise<Picture> {
  const { width, height, channels, depth, data } = decode(await Deno.readFile(file));
  assertEquals(depth, 8);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    pixels[i] = data[at]! << 16 | data[at + 1]! << 8 | data[at + 2]!;
  }
  return { width, height, pixels };
}

/** Writes a picture as a PNG file. */
export async function writePng(file: string, picture: Picture): Promise<void> {
  const { width, height, pixels } = picture;
  const data = Uint8Array.from({ length: pixels.length * 3 }, (_, i) =>
    // Bytes 0, 1, 2 of each pixel are its red, green and blue.
    pixels[Math.floor(i / 3)]! >> 16 - i % 3 * 8 & 255);
  await Deno.writeFile(file, encode({ width, height, data, channels: 3, depth: 8 }));
}

function near(a: number, b: number, tolerance: readonly [number, number, number]): boolean {
  return a === b ||
    Math.abs((a >> 16 & 255) - (b >> 16 & 255)) <= tolerance[0] &&
      Math.abs((a >> 8 & 255) - (b >> 8 & 255)) <= tolerance[1] &&
      Math.abs((a & 255) - (b & 255)) <= tolerance[2];
}

function hex(rgb: number): string {
  return rgb.toString(16).padStart(6, "0");
}
