import { assertEquals } from "@std/assert";
import { ARROW_CURSOR } from "../../../../src/desktop/cursors.ts";
import { CursorWatch } from "../../../../src/desktop/windows/cursor/cursor.ts";
import type { Libraries } from "../../../../src/desktop/windows/libraries.ts";
import { BITMAP, CURSORINFO, ICONINFO } from "../../../../src/desktop/windows/structs.ts";

const HIDDEN = 0;
const SHOWING = 1;
const SUPPRESSED = 2;

/** An opaque cursor of one colour, as large as both its bitmaps. */
interface FakeCursor {
  readonly size: number;
  readonly colour: number;
}

type Handle = Deno.PointerObject;

/** Windows with some cursors, by their handles; bitmaps have handles from 1000 on. */
class FakeWindows {
  flags = SHOWING;
  handle = 0n;
  answers = true;
  readonly cursors = new Map<bigint, FakeCursor>();
  /** How often a cursor was read. */
  reads = 0;
  /** What isn't given back, by its handle. */
  readonly bitmaps = new Map<bigint, { readonly size: number; readonly pixel: number }>();
  contexts = 0;
  #next = 1000n;

  readonly libraries = {
    user32: {
      GetCursorInfo: (info: DataView) => {
        if (info.getUint32(CURSORINFO.cbSize, true) !== CURSORINFO.size) return 0;
        info.setUint32(CURSORINFO.flags, this.flags, true);
        info.setBigUint64(CURSORINFO.hCursor, this.handle, true);
        return this.answers ? 1 : 0;
      },
      GetIconInfo: (handle: Handle, icon: DataView) => {
        this.reads++;
        const cursor = this.cursors.get(Deno.UnsafePointer.value(handle));
        if (cursor === undefined) return 0;
        const { size, colour } = cursor;
        icon.setUint32(ICONINFO.xHotspot, 1, true);
        icon.setUint32(ICONINFO.yHotspot, 2, true);
        icon.setBigUint64(ICONINFO.hbmMask, this.#bitmap(size, 0), true);
        icon.setBigUint64(ICONINFO.hbmColor, this.#bitmap(size, colour), true);
        return 1;
      },
      GetDC: () => {
        this.contexts++;
        return Deno.UnsafePointer.create(1n);
      },
      ReleaseDC: () => this.contexts--,
    },
    gdi32: {
      GetObjectW: (handle: Handle, _: number, info: DataView) => {
        const { size } = this.bitmaps.get(Deno.UnsafePointer.value(handle))!;
        info.setInt32(BITMAP.bmWidth, size, true);
        info.setInt32(BITMAP.bmHeight, size, true);
        return BITMAP.size;
      },
      GetDIBits: (
        ...[, handle, , rows, pixels]: [Handle, Handle, number, number, Uint32Array]
      ) => {
        pixels.fill(this.bitmaps.get(Deno.UnsafePointer.value(handle))!.pixel);
        return rows;
      },
      DeleteObject: (handle: Handle) => this.bitmaps.delete(Deno.UnsafePointer.value(handle)),
    },
  } as unknown as Libraries;

  #bitmap(size: number, pixel: number): bigint {
    this.bitmaps.set(++this.#next, { size, pixel });
    return this.#next;
  }
}

/** A watch that has started on a red cursor. */
function watchRed() {
  const windows = new FakeWindows();
  windows.cursors.set(7n, { size: 3, colour: 0xff0000 });
  windows.handle = 7n;
  const watch = new CursorWatch(windows.libraries);
  const told: (number | undefined)[] = [];
  watch.start(() => told.push(watch.cursor?.pixels[0]));
  return { windows, watch, told };
}

Deno.test("the cursor is read when watching starts, without telling, and all is given back", () => {
  const { windows, watch, told } = watchRed();
  const pixels = new Uint32Array(9).fill(0xffff0000);
  assertEquals(watch.cursor, { width: 3, height: 3, hotX: 1, hotY: 2, pixels });
  assertEquals([told, windows.bitmaps.size, windows.contexts], [[], 0, 0]);
});

Deno.test("a cursor is read again when its handle is another, not before", () => {
  const { windows, watch, told } = watchRed();
  assertEquals([watch.look(), watch.look(), windows.reads], [false, false, 1]);
  windows.cursors.set(8n, { size: 4, colour: 0x00ff00 });
  windows.handle = 8n;
  assertEquals([watch.look(), watch.look(), windows.reads], [true, false, 2]);
  assertEquals([told, watch.cursor?.width, windows.bitmaps.size], [[0xff00ff00], 4, 0]);
});

Deno.test("a hidden cursor is one transparent pixel, and comes back", () => {
  const { windows, watch, told } = watchRed();
  windows.flags = HIDDEN;
  assertEquals([watch.look(), watch.look()], [true, false]);
  const { width, height } = watch.cursor!;
  assertEquals([width, height], [1, 1]);
  windows.flags = SHOWING;
  assertEquals(watch.look(), true);
  windows.handle = 0n;
  assertEquals(watch.look(), true);
  assertEquals(told, [0, 0xffff0000, 0]);
});

Deno.test("a cursor keeps its shape while touch suppresses it, or Windows doesn't tell", () => {
  const { windows, watch, told } = watchRed();
  windows.flags = SUPPRESSED;
  windows.handle = 0n;
  assertEquals(watch.look(), false);
  windows.flags = HIDDEN;
  windows.answers = false;
  assertEquals(watch.look(), false);
  assertEquals([told, watch.cursor?.width], [[], 3]);
});

Deno.test("a cursor that its maker has destroyed is an arrow, told of once", () => {
  const { windows, watch, told } = watchRed();
  windows.handle = 9n;
  assertEquals([watch.look(), watch.cursor], [true, ARROW_CURSOR]);
  windows.handle = 10n;
  assertEquals([watch.look(), told.length], [false, 1]);
});

Deno.test("watched again, a cursor is read though its handle is the same", () => {
  const { windows, watch, told } = watchRed();
  watch.stop();
  windows.cursors.set(7n, { size: 5, colour: 0x0000ff });
  watch.start(() => {});
  assertEquals([watch.cursor?.width, told], [5, []]);
});
