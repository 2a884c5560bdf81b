import { assert, assertEquals } from "@std/assert";
import { hextilePlainly } from "../../../src/encodings/kernels/hextile_plainly.ts";
import { Workspace } from "../../../src/encodings/workspace.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { translatorFor } from "../../../src/frame/translator.ts";
import { busyDesktop } from "../../support/pictures.ts";
import { PIXEL_FORMATS } from "../../support/pixel_formats.ts";
import { Random } from "../../support/random.ts";
import { randomPicture } from "../../support/random_picture.ts";

const workspace = new Workspace();
const formats = Object.values(PIXEL_FORMATS);

Deno.test("the kernel writes the same tiles as the plain version", () => {
  const random = new Random(1);
  for (let round = 0; round < 500; round++) {
    const frame = randomPicture(random, 1 + random.below(60), 1 + random.below(60));
    const translator = translatorFor(formats[random.below(formats.length)]!);
    const values = workspace.load(frame, frame.bounds, translator).slice();
    const made = workspace.made(workspace.hextile(frame.width, frame.height, translator.pixel))
      .slice();
    const plain = hextilePlainly(
      new Framebuffer(frame.width, frame.height, values),
      translator.pixel,
    );
    assertEquals(made, plain);
  }
});

Deno.test("pictures as they are cost no byte more, though tiles of noise are looked at only briefly", () => {
  const frame = busyDesktop(300, 300);
  const translator = translatorFor(PIXEL_FORMATS.native!);
  workspace.load(frame, frame.bounds, translator);
  const made = workspace.hextile(frame.width, frame.height, translator.pixel);
  assert(made <= hextilePlainly(frame, translator.pixel).length);
});
