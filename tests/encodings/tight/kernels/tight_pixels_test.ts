import { assert, assertEquals } from "@std/assert";
import { differences } from "../../../../src/encodings/tight/gradient.ts";
import {
  createTightPixels,
  TIGHT_PIXELS_MARGIN,
} from "../../../../src/encodings/tight/kernels/tight_pixels.ts";
import { kernelMemory } from "../../../../src/frame/kernels/kernel.ts";
import { translatorFor } from "../../../../src/frame/translator.ts";
import { noise, photo } from "../../../support/pictures.ts";
import { PIXEL_FORMATS } from "../../../support/pixel_formats.ts";

const MAX_PIXELS = 64 * 64;
const RESULT = 4 * MAX_PIXELS + TIGHT_PIXELS_MARGIN;

const memory = kernelMemory(RESULT + 3 * MAX_PIXELS + TIGHT_PIXELS_MARGIN);
const kernel = createTightPixels(memory, RESULT);
const room = new Uint32Array(memory.buffer, 0, MAX_PIXELS);

const formats = Object.entries(PIXEL_FORMATS)
  .filter(([, format]) => translatorFor(format).tightPixel.size === 3);

const SIZES = [[1, 1], [1, 9], [9, 1], [4, 4], [17, 5], [64, 64], [63, 31]] as const;

Deno.test("several formats have pixels of three bytes", () => {
  assert(formats.length >= 5, `${formats.length}`);
});

for (const [name, format] of formats) {
  Deno.test(`${name}: the kernel's pixels and differences are those of the plain version`, () => {
    const translator = translatorFor(format);
    for (const picture of [noise, photo]) {
      for (const [width, height] of SIZES) {
        const frame = picture(width, height);
        const values = translator.values(frame, frame.bounds, room);
        assertEquals(kernel.pack(values, format), translator.tightPixel.bytes(values));
        assertEquals(
          kernel.gradient(values, width, format),
          translator.tightPixel.bytes(differences(values, width, format)),
        );
      }
    }
  });
}
