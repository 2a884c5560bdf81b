import { assert, assertEquals } from "@std/assert";
import { classify, CONTENT, type Content } from "../../../src/encodings/content/content.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import {
  flat,
  noise,
  photo,
  type Picture,
  smoothText,
  stripes,
  text,
  userInterface,
} from "../../support/pictures.ts";

/** The part of a picture's cells that show some content. */
function share(frame: Framebuffer, content: Content): number {
  const contents = classify(frame);
  return contents.filter((each) => each === content).length / contents.length;
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
    assertEquals(share(frame, CONTENT.Photo) + share(frame, CONTENT.Captioned), 0);
  });
}

Deno.test("text on gradients is drawn", () => {
  for (const vertical of [true, false]) {
    const letters = text(256, 256);
    const dark = (x: number, y: number) => letters.pixels[y * 256 + x]! < 0x808080;
    const frame = mixed(letters, gradient(vertical)(256, 256), dark);
    assertEquals(share(frame, CONTENT.Drawn), 1);
  }
});

Deno.test("a single colour is solid, and nothing else is", () => {
  assertEquals(share(flat(100, 50), CONTENT.Solid), 1);
  const frame = flat(48, 48);
  frame.pixels[47 * 48 + 47]!++;
  frame.pixels[20 * 48 + 20]!++;
  const contents = [...classify(frame)];
  assertEquals(contents.filter((each) => each !== CONTENT.Solid).length, 2);
  assertEquals([contents[4], contents[8]], [CONTENT.Drawn, CONTENT.Drawn]);
});

Deno.test("photos and noise are photos", () => {
  for (const picture of [photo, noise]) assert(share(picture(320, 256), CONTENT.Photo) > 0.99);
});

Deno.test("text on a photo is told from the photo", () => {
  const letters = text(256, 256);
  const inked = (x: number, y: number) => letters.pixels[y * 256 + x]! < 0x808080;
  const frame = mixed(letters, photo(256, 256), inked);
  const contents = classify(frame);
  const written = classify(letters);
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
    assertEquals(classify(noise(width, height)).length, cells);
    assertEquals(share(flat(width, height), CONTENT.Solid), 1);
  }
});
