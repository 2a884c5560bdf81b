import { assertEquals } from "@std/assert";
import { richCursor } from "../../src/encodings/cursor/rich_cursor.ts";
import {
  cursorRectangle,
  desktopName,
  desktopSize,
  EXTENDED_MOUSE_BUTTONS,
  extendedDesktopSize,
  pointerPos,
  QEMU_EXTENDED_KEY_EVENT,
  qemuLEDState,
  qemuPointerMotionChange,
  RESIZE_REASON,
  RESIZE_RESULT,
  vmwareCursorPosition,
  vmwareLEDState,
} from "../../src/encodings/pseudo_rectangles.ts";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";

/** What each rectangle is, written out by hand from the specification: position, size, number, data. */
const RECTANGLES: readonly (readonly [name: string, bytes: Uint8Array, hex: string])[] = [
  ["DesktopSize", desktopSize({ width: 0x780, height: 0x438 }), "0000 0000 0780 0438 ffffff21"],
  [
    "ExtendedDesktopSize",
    extendedDesktopSize(RESIZE_REASON.client, RESIZE_RESULT.invalidScreenLayout, {
      width: 0x780,
      height: 0x438,
      screens: [{ id: 0xff000001, x: 1, y: 2, width: 3, height: 4, flags: 0x80000005 }],
    }),
    "0001 0003 0780 0438 fffffecc 01 000000 ff000001 0001 0002 0003 0004 80000005",
  ],
  ["DesktopName", desktopName("é"), "0000 0000 0000 0000 fffffecd 00000002 c3a9"],
  ["QEMU LED State", qemuLEDState(6), "0000 0000 0000 0000 fffffefb 06"],
  ["VMware LED State", vmwareLEDState(6), "0000 0000 0000 0000 574d5668 00000006"],
  ["PointerPos", pointerPos(258, 3), "0102 0003 0000 0000 ffffff18"],
  ["VMware Cursor Position", vmwareCursorPosition(258, 3), "0102 0003 0000 0000 574d5666"],
  ["absolute motion", qemuPointerMotionChange("absolute"), "0001 0000 0000 0000 fffffeff"],
  ["relative motion", qemuPointerMotionChange("relative"), "0000 0000 0000 0000 fffffeff"],
  ["QEMU Extended Key Event", QEMU_EXTENDED_KEY_EVENT, "0000 0000 0000 0000 fffffefe"],
  ["ExtendedMouseButtons", EXTENDED_MOUSE_BUTTONS, "0000 0000 0000 0000 fffffec4"],
  [
    "Cursor",
    cursorRectangle(
      { hotX: 5, hotY: 6, width: 1, height: 1, pixels: Uint32Array.of(0xff123456) },
      richCursor,
      NATIVE_FORMAT,
    ),
    "0005 0006 0001 0001 ffffff11 56341200 80",
  ],
];

for (const [name, bytes, hex] of RECTANGLES) {
  Deno.test(`the rectangle ${name}`, () => assertEquals(bytes.toHex(), hex.replaceAll(" ", "")));
}
