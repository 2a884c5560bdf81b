import { Framebuffer } from "../../src/frame/framebuffer.ts";
import type { Random } from "./random.ts";

/** Boxes of few or many colours on top of each other, with more or less noise: tiles of every kind. */
export function randomPicture(random: Random, width: number, height: number): Framebuffer {
  const frame = new Framebuffer(width, height);
  const colours = Uint32Array.from(
    { length: 1 + random.below(2 ** random.below(8)) },
    () => random.below(2 ** 24),
  );
  const boxes = random.below(30);
  for (let n = 0; n < boxes; n++) {
    const colour = colours[random.below(colours.length)]!;
    const [x, y] = [random.below(width), random.below(height)];
    const [right, bottom] = [x + 1 + random.below(20), y + 1 + random.below(20)];
    for (let row = y; row < Math.min(bottom, height); row++) {
      frame.pixels.fill(colour, row * width + x, row * width + Math.min(right, width));
    }
  }
  const noisy = random.below(width * height) * random.below(3) >> 2;
  for (let n = 0; n < noisy; n++) {
    frame.pixels[random.below(width * height)] = colours[random.below(colours.length)]!;
  }
  return frame;
}
