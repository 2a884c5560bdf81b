import { assertEquals } from "@std/assert";
import type { Cursor } from "../../../src/desktop/desktop.ts";
import { ARROW_CURSOR } from "../../../src/desktop/cursors.ts";
import { PointerMotion } from "../../../src/viewer/announcements/pointer_motion.ts";

const HIDDEN: Cursor = { width: 1, height: 1, hotX: 0, hotY: 0, pixels: new Uint32Array(1) };
const MIDDLE = { x: 500, y: 400 };

/** A pointer that a program puts back to the middle, so many times. */
function putBack(motion: PointerMotion, times: number, cursor: Cursor | undefined = HIDDEN): void {
  for (let i = 0; i < times; i++) {
    motion.received({ x: 500 + i, y: 401 });
    motion.warped(MIDDLE, cursor);
  }
}

function recorded(): { motion: PointerMotion; changes: string[] } {
  const changes: string[] = [];
  return { motion: new PointerMotion((change) => changes.push(change)), changes };
}

Deno.test("a hidden pointer that is put back again and again makes motions relative, once", () => {
  const { motion, changes } = recorded();
  putBack(motion, 2);
  assertEquals(changes, []);
  putBack(motion, 8);
  assertEquals(changes, ["relative"]);
});

Deno.test("they are absolute again when the pointer is shown", () => {
  const { motion, changes } = recorded();
  putBack(motion, 3);
  motion.cursorChanged(HIDDEN);
  assertEquals(changes, ["relative"]);
  motion.cursorChanged(ARROW_CURSOR);
  motion.cursorChanged(ARROW_CURSOR);
  assertEquals(changes, ["relative", "absolute"]);
  putBack(motion, 3);
  assertEquals(changes, ["relative", "absolute", "relative"]);
});

Deno.test("nothing changes while the pointer is visible, unknown, or moved by somebody else", () => {
  const { motion, changes } = recorded();
  putBack(motion, 10, ARROW_CURSOR);
  for (let i = 0; i < 10; i++) {
    motion.received({ x: i, y: 0 });
    motion.warped(MIDDLE, undefined);
  }
  // Somebody at the desktop, elsewhere every time.
  for (let i = 0; i < 10; i++) {
    motion.received({ x: i, y: 0 });
    motion.warped({ x: 600 + i, y: 400 }, HIDDEN);
  }
  // A program that moves the pointer by itself.
  motion.received({ x: 0, y: 0 });
  for (let i = 0; i < 10; i++) motion.warped(MIDDLE, HIDDEN);
  assertEquals(changes, []);
});

Deno.test("a PointerEvent is a position, or a motion once there may be such", () => {
  const { motion } = recorded();
  assertEquals(motion.received({ x: 0x7fff, y: 0x7fff }), undefined);
  putBack(motion, 3);
  assertEquals(motion.received({ x: 0x7fff, y: 0x7fff }), { dx: 0, dy: 0 });
  assertEquals(motion.received({ x: 0x7ffe, y: 0x8009 }), { dx: -1, dy: 10 });
  assertEquals(motion.received({ x: 0x4000, y: 0xbffe }), { dx: -0x3fff, dy: 0x3fff });
  // On its way while the viewer was told to send motions.
  assertEquals(motion.received({ x: 0x3fff, y: 100 }), undefined);
  motion.cursorChanged(ARROW_CURSOR);
  // On its way while the viewer was told to send positions.
  assertEquals(motion.received({ x: 0x8000, y: 0x7fff }), { dx: 1, dy: 0 });
});
