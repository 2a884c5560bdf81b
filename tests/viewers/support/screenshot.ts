import type { Xvfb } from "../../support/xvfb.ts";
import { takeScreenshot } from "../../support/xwd.ts";
import type { Picture } from "./picture.ts";
import { until } from "../../support/until.ts";

/** What a display shows once it is at rest: two looks at it, one after the other, are the same. */
export async function restingScreenshot(screen: Xvfb): Promise<Picture> {
  let before = await takeScreenshot(screen);
  return await until("the screen is at rest", async () => {
    const now = await takeScreenshot(screen);
    if (now.pixels.every((pixel, i) => pixel === before.pixels[i])) return now;
    before = now;
  });
}
