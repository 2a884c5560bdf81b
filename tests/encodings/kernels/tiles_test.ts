import { assertEquals } from "@std/assert";
import { Workspace } from "../../../src/encodings/workspace.ts";
import { TileWriter } from "../../../src/encodings/tile_writer.ts";
import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { PixelBytes } from "../../../src/frame/pixel_bytes.ts";
import { split } from "../../../src/frame/rect.ts";
import { type Translator, translatorFor } from "../../../src/frame/translator.ts";
import { PICTURES } from "../../support/pictures.ts";
import { PIXEL_FORMATS } from "../../support/pixel_formats.ts";
import { Random } from "../../support/random.ts";
import { randomPicture } from "../../support/random_picture.ts";

const workspace = new Workspace();
const formats = Object.values(PIXEL_FORMATS);

function plainTiles(
  frame: Framebuffer,
  translator: Translator,
  tileSize: number,
  pixel: PixelBytes,
): Uint8Array {
  const out = new Uint8Array(6 * frame.pixels.length);
  const writer = new TileWriter(pixel, out, tileSize ** 2);
  for (const tile of split(frame.bounds, tileSize, tileSize)) {
    writer.write(translator.values(frame, tile), tile.width);
  }
  return writer.written;
}

function check(frame: Framebuffer, translator: Translator, tileSize: number): void {
  workspace.load(frame, frame.bounds, translator);
  const { compactPixel } = translator;
  const length = workspace.tiles(frame.width, frame.height, tileSize, compactPixel);
  const made = workspace.made(length).slice();
  assertEquals(made, plainTiles(frame, translator, tileSize, compactPixel).slice());
}

Deno.test("the kernel writes the same tiles as TileWriter", () => {
  const random = new Random(1);
  for (let round = 0; round < 600; round++) {
    const frame = randomPicture(random, 1 + random.below(150), 1 + random.below(150));
    const format = formats[random.below(formats.length)]!;
    check(frame, translatorFor(format), random.below(2) === 0 ? 16 : 64);
  }
});

Deno.test("the kernel writes pictures of every kind as TileWriter does, in every format", () => {
  for (const picture of Object.values(PICTURES)) {
    const frame = picture(200, 90);
    for (const format of formats) {
      for (const tileSize of [16, 64]) check(frame, translatorFor(format), tileSize);
    }
  }
});
