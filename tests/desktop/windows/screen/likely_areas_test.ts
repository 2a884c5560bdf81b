import { assertEquals } from "@std/assert";
import type { Libraries } from "../../../../src/desktop/windows/libraries.ts";
import { likelyAreas } from "../../../../src/desktop/windows/screen/likely_areas.ts";
import { CURSORINFO, RECT } from "../../../../src/desktop/windows/structs.ts";

const FRONT = Deno.UnsafePointer.create(7n);

/** The window in front, by its edges, and the pointer; what isn't given isn't to be had. */
function windowsWith({ edges, pointer }: {
  readonly edges?: readonly [left: number, top: number, right: number, bottom: number];
  readonly pointer?: readonly [x: number, y: number];
}): Libraries {
  const user32 = {
    GetForegroundWindow: () => FRONT,
    GetWindowRect(window: Deno.PointerValue, view: DataView) {
      if (edges === undefined || !Deno.UnsafePointer.equals(window, FRONT)) return 0;
      for (const [i, side] of [RECT.left, RECT.top, RECT.right, RECT.bottom].entries()) {
        view.setInt32(side, edges[i]!, true);
      }
      return 1;
    },
    GetCursorInfo(view: DataView) {
      // Windows refuses where the size isn't set.
      if (pointer === undefined || view.getUint32(CURSORINFO.cbSize, true) !== CURSORINFO.size) {
        return 0;
      }
      view.setInt32(CURSORINFO.ptScreenPos, pointer[0], true);
      view.setInt32(CURSORINFO.ptScreenPos + 4, pointer[1], true);
      return 1;
    },
  };
  return { user32 } as unknown as Libraries;
}

Deno.test("changes are likely in the window in front and around the pointer", () => {
  const area = { x: 0, y: 0, width: 1000, height: 700 };
  const windows = windowsWith({ edges: [10, 20, 310, 220], pointer: [500, 400] });
  assertEquals(likelyAreas(windows, area), [
    { x: 10, y: 20, width: 300, height: 200 },
    { x: 436, y: 336, width: 128, height: 128 },
  ]);
});

Deno.test("likely areas are counted from the screen's corner, also where that is negative", () => {
  const area = { x: -800, y: -100, width: 1800, height: 800 };
  const windows = windowsWith({ edges: [-700, -90, -200, 210], pointer: [-790, 600] });
  assertEquals(likelyAreas(windows, area), [
    { x: 100, y: 10, width: 500, height: 300 },
    { x: -54, y: 636, width: 128, height: 128 },
  ]);
});

Deno.test("without a window in front, or a pointer, less is likely", () => {
  const area = { x: 0, y: 0, width: 1000, height: 700 };
  assertEquals(likelyAreas(windowsWith({ pointer: [64, 64] }), area), [
    { x: 0, y: 0, width: 128, height: 128 },
  ]);
  assertEquals(likelyAreas(windowsWith({ edges: [1, 2, 4, 6] }), area), [
    { x: 1, y: 2, width: 3, height: 4 },
  ]);
  assertEquals(likelyAreas(windowsWith({}), area), []);
});
