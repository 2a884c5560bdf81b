import { assertEquals } from "@std/assert";
import { differences } from "../../../../src/encodings/tight/gradient.ts";
import { createTightPixels } from "../../../../src/encodings/tight/kernels/tight_pixels.ts";
import { MemoryPlan } from "../../../../src/frame/kernels/kernel.ts";
import { NATIVE_FORMAT } from "../../../../src/frame/pixel_format.ts";
import { translatorFor } from "../../../../src/frame/translator.ts";
import { noise, photo } from "../../../support/pictures.ts";

const MAX_PIXELS = 64 * 64;

const plan = new MemoryPlan();
const pixels = plan.room(4 * MAX_PIXELS);
const result = plan.room(3 * MAX_PIXELS);
const memory = plan.memory();
const kernel = createTightPixels(memory, result);
const room = new Uint32Array(memory.buffer, pixels, MAX_PIXELS);

const SIZES = [[1, 1], [1, 9], [9, 1], [4, 4], [17, 5], [64, 64], [63, 31]] as const;

Deno.test("the kernel's pixels and differences are those of the plain version", () => {
  const { tightPixel } = translatorFor(NATIVE_FORMAT);
  for (const picture of [noise, photo]) {
    for (const [width, height] of SIZES) {
      const frame = picture(width, height);
      const words = room.subarray(0, width * height);
      words.set(frame.pixels);
      assertEquals(kernel.pack(words), tightPixel.bytes(words));
      assertEquals(
        kernel.gradient(words, width),
        tightPixel.bytes(differences(words, width, NATIVE_FORMAT)),
      );
    }
  }
});
