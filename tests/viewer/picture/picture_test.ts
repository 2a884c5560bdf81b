import { assert, assertEquals } from "@std/assert";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import type { Rect } from "../../../src/frame/rect.ts";
import { Announcements } from "../../../src/viewer/announcements/announcements.ts";
import { Picture } from "../../../src/viewer/picture/picture.ts";
import { readWishes } from "../../../src/viewer/wishes.ts";
import { ALL_RIGHTS } from "../../../src/security/rights.ts";

const DESKTOP_SIZE = -223;
const QUALITY_80 = -432;

async function consume(update: ReturnType<Picture["nextUpdate"]>): Promise<void> {
  assert(update !== undefined);
  await Array.fromAsync(update);
}

Deno.test("an update that tells only the size is neither lossy nor a part of what is lacking", async () => {
  const desktop = {
    frame: new Framebuffer(64, 256),
    encode: (rect: Rect) => [
      { rect, encoding: 0, head: new Uint8Array(), lossy: true },
    ],
    screens: [],
    cursor: undefined,
    leds: undefined,
    pointerPosition: undefined,
    canPower: false,
    clipboardFormats: ["text"] as const,
  };
  const picture = new Picture(desktop, new Announcements(desktop, ALL_RIGHTS, () => {}), () => {});
  picture.setWishes(readWishes([0, DESKTOP_SIZE, QUALITY_80]));
  picture.begin();
  picture.request(true, desktop.frame.bounds);
  await consume(picture.nextUpdate(1, 80));
  assert(picture.sentLossy && picture.sentShare < 1);
  desktop.frame = new Framebuffer(32, 32);
  picture.frameReplaced();
  picture.request(true, desktop.frame.bounds);
  await consume(picture.nextUpdate(1, 80));
  assertEquals([picture.sentLossy, picture.sentShare], [false, 1]);
  picture.close();
});
