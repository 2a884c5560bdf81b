import { assert, assertEquals } from "@std/assert";
import type { Cursor } from "../../../src/desktop/desktop.ts";
import { openWindowsDesktop } from "../../../src/desktop/windows/windows_desktop.ts";
import { CursorWatch } from "../../../src/desktop/windows/cursor/cursor.ts";
import { BitBltCapture } from "../../../src/desktop/windows/screen/bitblt_capture.ts";
import { loadLibraries } from "../../../src/desktop/windows/libraries.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { Recorder, until } from "../../desktop/recorder.ts";
import {
  createAlphaCursor,
  createCursor,
  destroyCursor,
  type Handle,
  showCursor,
  systemCursor,
} from "./cursors.ts";
import { paintedWindow } from "./painted_window.ts";
import { silentLogger } from "./silent_logger.ts";

const IDC_ARROW = 32512;
const IDC_IBEAM = 32513;

/** The desktop, watched, with the pointer over a window of this program that shows an arrow. */
function pointAtWindow() {
  const window = paintedWindow({ x: 40, y: 40, width: 64, height: 48 });
  window.paint(0x2040c0);
  const desktop = openWindowsDesktop({ log: silentLogger });
  desktop.pointer(60, 60, 0);
  showCursor(systemCursor(IDC_ARROW));
  const recorder = new Recorder();
  desktop.watch(recorder);
  return {
    desktop,
    /** Shows a cursor, and waits until the desktop has told of it. */
    async show(cursor: Handle): Promise<Cursor> {
      const before = recorder.cursorChanges;
      showCursor(cursor);
      await until("another cursor", () => recorder.cursorChanges > before);
      return desktop.cursor!;
    },
    [Symbol.dispose]() {
      desktop.close();
      window.close();
    },
  };
}

/** What a letter of {@linkcode drawingOf} says. */
const LETTERS: Readonly<Record<number, string>> = { 0: ".", 0xff000000: "#", 0xffffffff: "W" };

/** The top left corner of a cursor of black and white. */
function drawingOf({ width, pixels }: Cursor, columns: number, rows: number): string[] {
  return Array.from({ length: rows }, (_, y) => {
    const row = pixels.subarray(y * width, y * width + columns);
    return [...row].map((pixel) => LETTERS[pixel] ?? "?").join("");
  });
}

Deno.test("a cursor of one colour that inverts the screen is told of, in black with an outline", async () => {
  using pointed = pointAtWindow();
  const and = new Array<number>(16).fill(0xffff);
  const xor = new Array<number>(16).fill(0);
  // Inverted at 2,1 and 2,2; opaque black and white at 6,1 and 7,1.
  and[1] = 0xfcff;
  xor[1] = 0x2100;
  xor[2] = 0x2000;
  const handle = createCursor({ hotX: 2, hotY: 3, and, xor });
  const cursor = await pointed.show(handle);
  assertEquals([cursor.hotX, cursor.hotY], [2, 3]);
  assertEquals(drawingOf(cursor, 9, 5), [
    ".WWW.....",
    ".W#W..#W.",
    ".W#W.....",
    ".WWW.....",
    ".........",
  ]);
  await pointed.show(systemCursor(IDC_ARROW));
  destroyCursor(handle);
});

Deno.test("a cursor with alpha is told of, pixel by pixel", async () => {
  using pointed = pointAtWindow();
  const [width, height] = [24, 20];
  const pixels = Uint32Array.from(
    { length: width * height },
    (_, i) => i % 5 === 0 ? 0 : (((i % 255 + 1) << 24) | i * 0x010307 & 0xffffff) >>> 0,
  );
  const expected = { width, height, hotX: 7, hotY: 11, pixels };
  const handle = createAlphaCursor(expected);
  assertEquals(await pointed.show(handle), expected);
  await pointed.show(systemCursor(IDC_ARROW));
  destroyCursor(handle);
});

Deno.test("the cursor over text is another than the arrow, and no cursor is a transparent pixel", async () => {
  using pointed = pointAtWindow();
  const arrow = pointed.desktop.cursor!;
  const text = await pointed.show(systemCursor(IDC_IBEAM));
  assert(text.pixels.some((pixel) => pixel !== 0));
  assert(text.pixels.join() !== arrow.pixels.join());
  const none = await pointed.show(null);
  assertEquals([none.width, none.height, none.pixels[0]], [1, 1, 0]);
  assertEquals(await pointed.show(systemCursor(IDC_ARROW)), arrow);
});

/** How many of GDI's handles are in use, about: new ones get places that were free before they get higher ones. */
function handlesInUse(): number {
  const { gdi32 } = loadLibraries();
  const contexts = Array.from({ length: 100 }, () => gdi32.CreateCompatibleDC(null));
  for (const dc of contexts) gdi32.DeleteDC(dc);
  return Math.max(...contexts.map((dc) => Number(Deno.UnsafePointer.value(dc) & 0xffffn)));
}

Deno.test("looking at cursors and at the screen leaves no handle of GDI's behind", () => {
  using pointed = pointAtWindow();
  const libraries = loadLibraries();
  const cursors = [systemCursor(IDC_IBEAM), systemCursor(IDC_ARROW)];
  const watch = new CursorWatch(libraries);
  watch.start(() => {});
  const area = { x: 40, y: 40, width: 8, height: 8 };
  const before = handlesInUse();
  for (let count = 0; count < 2000; count++) {
    showCursor(cursors[count % 2]!);
    assert(watch.look(), `look ${count}`);
    const capture = new BitBltCapture(libraries, area, new Framebuffer(8, 8));
    capture.grab(true);
    capture.close();
    pointed.desktop.grab();
  }
  const left = handlesInUse() - before;
  assert(left < 200, `${left} handles`);
});
