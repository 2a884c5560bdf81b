import { assert, assertEquals } from "@std/assert";
import { CONTENT } from "../../../src/encodings/content/content.ts";
import { cutByContent, type Piece } from "../../../src/encodings/content/cut.ts";
import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { draw } from "../../support/drawing.ts";
import { flat, noise } from "../../support/pictures.ts";

const NAMES = Object.fromEntries(Object.entries(CONTENT).map(([name, value]) => [value, name]));

/** Draws a picture into another one. */
function put(frame: Framebuffer, x: number, y: number, picture: Framebuffer): Framebuffer {
  draw(picture, picture.bounds, frame, { ...picture.bounds, x, y });
  return frame;
}

/** Noise in which every other pixel of every fourth row is white: like letters on a photo. */
function captioned(width: number, height: number): Framebuffer {
  const frame = noise(width, height);
  for (let y = 0; y < height; y += 4) {
    for (let x = 0; x < width; x += 2) frame.pixels[y * width + x] = 0xffffff;
  }
  return frame;
}

/** Pieces as text, for example `Solid 0,0 256x128`. */
function named(pieces: readonly Piece[]): string[] {
  return pieces.map(({ rect: { x, y, width, height }, content }) =>
    `${NAMES[content]} ${x},${y} ${width}x${height}`
  );
}

Deno.test("large even areas and photos are cut out, and what is left is drawn", () => {
  const frame = put(flat(512, 128), 256, 32, noise(64, 64));
  assertEquals(named(cutByContent(frame, frame.bounds, true)), [
    "Solid 0,0 512x32",
    "Solid 0,32 256x96",
    "Solid 320,32 192x96",
    "Photo 256,32 64x64",
    "Drawn 256,96 64x32",
  ]);
});

Deno.test("solid areas of different colours are different pieces", () => {
  const frame = flat(256, 128);
  for (let y = 0; y < 128; y++) frame.pixels.fill(1, y * 256 + 128, (y + 1) * 256);
  assertEquals(named(cutByContent(frame, frame.bounds, false)), [
    "Solid 0,0 128x128",
    "Solid 128,0 128x128",
  ]);
});

Deno.test("cells of one colour in the middle of a photo belong to it", () => {
  const frame = put(noise(96, 96), 32, 32, flat(16, 16));
  assertEquals(named(cutByContent(frame, frame.bounds, true)), ["Photo 0,0 96x96"]);
});

Deno.test("text on a photo is spared what the photo loses, if it loses anything", () => {
  const frame = put(noise(128, 80), 0, 64, captioned(128, 16));
  assertEquals(named(cutByContent(frame, frame.bounds, true)), [
    "Photo 0,0 128x64",
    "Captioned 0,64 128x16",
  ]);
  assertEquals(named(cutByContent(frame, frame.bounds, false)), ["Photo 0,0 128x80"]);
  const small = captioned(128, 16);
  assertEquals(named(cutByContent(small, small.bounds, true)), ["Drawn 0,0 128x16"]);
});

Deno.test("the edges of a window in front of a photo are no part of what is drawn in it", () => {
  const window = flat(96, 96);
  // A pattern of two colours, so that nothing in it is solid.
  window.pixels.forEach((_, at) => window.pixels[at] = at % 5 === 0 ? 0 : 0xffffff);
  const frame = put(noise(160, 160), 28, 28, window);
  const pieces = cutByContent(frame, frame.bounds, true);
  const drawn = pieces.filter(({ content }) => content === CONTENT.Drawn);
  assertEquals(named(drawn), ["Drawn 32,32 80x80"]);
  const covered = pieces.filter(({ content }) => content === CONTENT.Photo);
  for (const { rect } of covered) {
    const { x, y, width, height } = rect;
    assert(x + width <= 28 || x >= 124 || y + height <= 28 || y >= 124, JSON.stringify(rect));
  }
});

Deno.test("small photos are drawn", () => {
  const frame = put(flat(64, 64), 16, 16, noise(32, 16));
  assertEquals(named(cutByContent(frame, frame.bounds, true)), ["Drawn 0,0 64x64"]);
});

Deno.test("a rectangle within a picture is cut as if there were nothing around it", () => {
  const frame = put(flat(512, 128), 256, 32, noise(64, 64));
  const rect = { x: 250, y: 30, width: 100, height: 70 };
  const part = frame.part(rect);
  const pieces = cutByContent(part, part.bounds, true);
  assert(pieces.some(({ content }) => content === CONTENT.Photo));
  const moved = pieces.map(({ rect: { x, y, width, height }, content }) => (
    { rect: { x: x + 250, y: y + 30, width, height }, content }
  ));
  assertEquals(cutByContent(frame, rect, true), moved);
});
