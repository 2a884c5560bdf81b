import { assertEquals } from "@std/assert";
import { ENCODING } from "../../../src/encodings/ids.ts";
import { readWishes } from "../../../src/viewer/wishes.ts";
import { encodingName, EXACT, wantedEncodings } from "../../../src/web/page/encodings.ts";

const qualityOf = (quality: number) => readWishes(wantedEncodings(quality)).settings.quality;

Deno.test("vncd understands the page: Tight, with what the figures and reconnection need", () => {
  const { encoding, copyRect, fence, continuousUpdates, extendedClipboard, extendedDesktopSize } =
    readWishes(wantedEncodings(6));
  assertEquals(encoding, ENCODING.Tight);
  const needed = [copyRect, fence, continuousUpdates, extendedClipboard, extendedDesktopSize];
  assertEquals(needed, [true, true, true, true, true]);
});

Deno.test("each step of the slider is better than the one before, and the last one is exact", () => {
  const qualities = Array.from({ length: EXACT }, (_, quality) => qualityOf(quality)!);
  assertEquals(qualities, qualities.toSorted((a, b) => a - b));
  assertEquals(new Set(qualities).size, EXACT);
  assertEquals(qualityOf(EXACT), undefined);
});

Deno.test("JPEG inside of Tight has its name", () => {
  assertEquals(encodingName(ENCODING.Tight, 0x90), "JPEG");
  assertEquals(encodingName(ENCODING.Tight, 0x80), "Tight");
  assertEquals(encodingName(ENCODING.Tight, undefined), "Tight");
  assertEquals(encodingName(ENCODING.CopyRect, 0x90), "CopyRect");
  assertEquals(encodingName(4711, 0), "encoding 4711");
});
