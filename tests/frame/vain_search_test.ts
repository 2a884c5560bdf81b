import { assertEquals } from "@std/assert";
import { Region } from "../../src/frame/region.ts";
import { VainSearch } from "../../src/frame/vain_search.ts";

const VIDEO = Region.of({ x: 10, y: 10, width: 100, height: 100 });
const ELSEWHERE = Region.of({ x: 90, y: 10, width: 100, height: 100 });

/** Which of 48 frames are searched in which nothing moves. */
function searched(vain: VainSearch): number[] {
  const frames: number[] = [];
  for (let frame = 0; frame < 48; frame++) {
    if (vain.shouldSkip(VIDEO)) continue;
    frames.push(frame);
    vain.wasVain(VIDEO);
  }
  return frames;
}

Deno.test("where nothing is found time after time, few frames are searched", () => {
  const frames = searched(new VainSearch());
  assertEquals(frames.slice(0, 8), [0, 1, 2, 3, 4, 5, 6, 7]);
  assertEquals(frames.length < 16, true, `${frames}`);
  for (const [i, frame] of frames.entries()) assertEquals(frame - (frames[i - 1] ?? -1) <= 8, true);
});

Deno.test("what changes elsewhere is searched, and then the place anew", () => {
  const vain = new VainSearch();
  searched(vain);
  assertEquals(vain.shouldSkip(ELSEWHERE), false);
  assertEquals(vain.shouldSkip(VIDEO.union(ELSEWHERE)), false);
  vain.wasVain(ELSEWHERE);
  assertEquals(vain.shouldSkip(VIDEO), false);
});

Deno.test("once something is found every frame is searched", () => {
  const vain = new VainSearch();
  searched(vain);
  vain.succeeded();
  assertEquals(searched(vain).slice(0, 8), [0, 1, 2, 3, 4, 5, 6, 7]);
});
