import { assertEquals } from "@std/assert";
import type { Screen } from "../../../src/desktop/desktop.ts";
import { extendedDesktopSize, RESIZE_RESULT } from "../../../src/encodings/pseudo_rectangles.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { LayoutAnnouncements } from "../../../src/viewer/announcements/layout_announcements.ts";

const [SERVER, CLIENT, OTHER_CLIENT] = [0, 1, 2];
const SIZE = { width: 64, height: 48 };

/** A desktop that can be given another size. */
class Layout {
  frame = new Framebuffer(SIZE.width, SIZE.height);
  get screens(): Screen[] {
    return [{ id: 7, ...this.frame.bounds }];
  }
}

function layout(width: number, height: number, id = 7, flags = 0) {
  return { width, height, screens: [{ id, x: 0, y: 0, width, height, flags }] };
}

Deno.test("nothing is told that nobody has asked for", () => {
  const layouts = new LayoutAnnouncements(new Layout(), () => {});
  assertEquals(layouts.nextRectangles(SIZE), []);
});

Deno.test("who asks is told the present layout, once however often it asked", () => {
  const layouts = new LayoutAnnouncements(new Layout(), () => {});
  layouts.asked();
  layouts.asked();
  const expected = [extendedDesktopSize(SERVER, 0, layout(64, 48))];
  assertEquals(layouts.nextRectangles(SIZE), expected);
  assertEquals(layouts.nextRectangles(SIZE), []);
});

Deno.test("a size other than the viewer's is told, whether a reason was given or not", () => {
  const desktop = new Layout();
  const layouts = new LayoutAnnouncements(desktop, () => {});
  desktop.frame = new Framebuffer(80, 30);
  assertEquals(layouts.nextRectangles(SIZE), [extendedDesktopSize(SERVER, 0, layout(80, 30))]);
  layouts.layoutChanged(true);
  layouts.asked();
  assertEquals(layouts.nextRectangles(SIZE), [
    extendedDesktopSize(OTHER_CLIENT, 0, layout(80, 30)),
  ]);
  layouts.layoutChanged(false);
  assertEquals(layouts.nextRectangles({ width: 80, height: 30 }), [
    extendedDesktopSize(SERVER, 0, layout(80, 30)),
  ]);
});

Deno.test("each of the viewer's own requests is answered, in order and as it was", () => {
  const desktop = new Layout();
  const layouts = new LayoutAnnouncements(desktop, () => {});
  layouts.answer(RESIZE_RESULT.prohibited, layout(1, 1));
  desktop.frame = new Framebuffer(80, 30);
  layouts.answer(RESIZE_RESULT.noError, layout(80, 30, 9, 5));
  layouts.answer(RESIZE_RESULT.invalidScreenLayout, layout(2, 2));
  assertEquals(layouts.nextRectangles(SIZE), [
    extendedDesktopSize(CLIENT, 1, layout(1, 1)),
    extendedDesktopSize(CLIENT, 0, layout(80, 30, 9, 5)),
    extendedDesktopSize(CLIENT, 3, layout(2, 2)),
  ]);
  assertEquals(layouts.nextRectangles({ width: 80, height: 30 }), []);
});

Deno.test("the last thing a viewer hears is the present size", () => {
  const desktop = new Layout();
  const layouts = new LayoutAnnouncements(desktop, () => {});
  desktop.frame = new Framebuffer(80, 30);
  layouts.answer(RESIZE_RESULT.noError, layout(80, 30));
  desktop.frame = new Framebuffer(90, 40);
  assertEquals(layouts.nextRectangles(SIZE), [
    extendedDesktopSize(CLIENT, 0, layout(80, 30)),
    extendedDesktopSize(SERVER, 0, layout(90, 40)),
  ]);
});

Deno.test("answers that nobody takes don't pile up", () => {
  const layouts = new LayoutAnnouncements(new Layout(), () => {});
  for (let i = 1; i <= 1000; i++) layouts.answer(RESIZE_RESULT.prohibited, layout(i, i));
  const rectangles = layouts.nextRectangles(SIZE);
  assertEquals(rectangles.length, 16);
  assertEquals(rectangles.at(-1), extendedDesktopSize(CLIENT, 1, layout(1000, 1000)));
});
