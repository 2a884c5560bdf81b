import { assert, assertEquals } from "@std/assert";
import { CONTENT, type Content } from "../../../../src/encodings/content/content.ts";
import { classify, classifyPlainly } from "../../../../src/encodings/content/kernels/classify.ts";
import { Framebuffer } from "../../../../src/frame/framebuffer.ts";
import { draw } from "../../../support/drawing.ts";
import {
  flat,
  noise,
  photo,
  type Picture,
  PICTURES,
  smoothText,
  stripes,
  text,
  userInterface,
} from "../../../support/pictures.ts";
import { Random } from "../../../support/random.ts";

/** The part of a picture's cells that show one of these contents. */
function share(frame: Framebuffer, ...wanted: Content[]): number {
  const contents = classify(frame, frame.bounds);
  return contents.filter((each) => wanted.includes(each as Content)).length / contents.length;
}

/** The colours of one picture where `condition` holds, and of another elsewhere. */
function mixed(a: Framebuffer, b: Framebuffer, condition: (x: number, y: number) => boolean) {
  const pixels = a.pixels.map((pixel, i) =>
    condition(i % a.width, Math.floor(i / a.width)) ? pixel : b.pixels[i]!
  );
  return new Framebuffer(a.width, a.height, pixels);
}

/** Rows whose colour changes from one to the next, or columns. */
function gradient(vertical: boolean): Picture {
  return (width, height) => {
    const pixels = Uint32Array.from({ length: width * height }, (_, i) => {
      const level = Math.floor((vertical ? i / width : i % width) / 2);
      return (0x40 + level) << 16 | (0x60 + level) << 8 | 0xff - level;
    });
    return new Framebuffer(width, height, pixels);
  };
}

const DRAWN = { text, smoothText, userInterface, stripes, gradient: gradient(true) };

for (const [name, picture] of Object.entries(DRAWN)) {
  Deno.test(`no cell of ${name} is taken for a photo`, () => {
    const frame = picture(320, 250);
    assertEquals(share(frame, CONTENT.Photo, CONTENT.Captioned), 0);
  });
}

Deno.test("text on gradients is drawn", () => {
  for (const vertical of [true, false]) {
    const letters = text(256, 256);
    const dark = (x: number, y: number) => letters.pixels[y * 256 + x]! < 0x808080;
    const frame = mixed(letters, gradient(vertical)(256, 256), dark);
    assertEquals(share(frame, CONTENT.Drawn, CONTENT.Smooth, CONTENT.Colourful), 1);
  }
});

Deno.test("a single colour is solid, and nothing else is", () => {
  assertEquals(share(flat(100, 50), CONTENT.Solid), 1);
  const frame = flat(48, 48);
  frame.pixels[47 * 48 + 47]!++;
  frame.pixels[20 * 48 + 20]!++;
  const contents = [...classify(frame, frame.bounds)];
  assertEquals(contents.filter((each) => each !== CONTENT.Solid).length, 2);
  assertEquals([contents[4], contents[8]], [CONTENT.Smooth, CONTENT.Smooth]);
});

Deno.test("photos and noise are photos", () => {
  for (const picture of [photo, noise]) assert(share(picture(320, 256), CONTENT.Photo) > 0.99);
});

Deno.test("text on a photo is told from the photo", () => {
  const letters = text(256, 256);
  const inked = (x: number, y: number) => letters.pixels[y * 256 + x]! < 0x808080;
  const frame = mixed(letters, photo(256, 256), inked);
  const contents = classify(frame, frame.bounds);
  const written = classify(letters, letters.bounds);
  for (const [cell, content] of contents.entries()) {
    if (written[cell] === CONTENT.Solid) assertEquals(content, CONTENT.Photo);
  }
  const cells = [...contents].filter((_, cell) => written[cell] !== CONTENT.Solid);
  const spared = cells.filter((content) => content !== CONTENT.Photo).length;
  assert(spared / cells.length > 0.5, `${spared} of ${cells.length}`);
});

Deno.test("pictures of any size are classified", () => {
  for (const [width, height] of [[1, 1], [1, 40], [40, 1], [17, 33], [15, 2]] as const) {
    const cells = Math.ceil(width / 16) * Math.ceil(height / 16);
    assertEquals(classify(noise(width, height), { x: 0, y: 0, width, height }).length, cells);
    assertEquals(share(flat(width, height), CONTENT.Solid), 1);
  }
});

/** Some of everything, in places that have nothing to do with cells. */
function mixture(random: Random, width: number, height: number): Framebuffer {
  const frame = photo(width, height);
  const pictures = Object.values(PICTURES);
  for (let n = 0; n < 6; n++) {
    const [x, y] = [random.below(width), random.below(height)];
    const size = { width: 1 + random.below(width - x), height: 1 + random.below(height - y) };
    const picture = pictures[random.below(pictures.length)]!(size.width, size.height);
    draw(picture, picture.bounds, frame, { x, y, ...size });
  }
  return frame;
}

Deno.test("the kernel sees the same in every cell as the plain version", () => {
  const random = new Random(1);
  const seen = new Set<number>();
  for (let round = 0; round < 100; round++) {
    const frame = mixture(random, 20 + random.below(150), 20 + random.below(150));
    const [x, y] = [random.below(20), random.below(20)];
    const width = 1 + random.below(frame.width - x);
    const height = 1 + random.below(frame.height - y);
    const rect = { x, y, width, height };
    const contents = classify(frame, rect);
    for (const content of contents) seen.add(content);
    assertEquals(contents, classifyPlainly(frame, rect));
  }
  assertEquals([...seen].sort(), Object.values(CONTENT));
});

Deno.test("very wide pictures are classified", () => {
  const frame = noise(5000, 20);
  assertEquals(classify(frame, frame.bounds), classifyPlainly(frame, frame.bounds));
});
