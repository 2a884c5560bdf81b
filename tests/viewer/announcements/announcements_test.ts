import { assertEquals } from "@std/assert";
import { ARROW_CURSOR } from "../../../src/desktop/cursors.ts";
import type { Cursor, Leds, Position } from "../../../src/desktop/desktop.ts";
import { bestCursorEncoding } from "../../../src/encodings/cursor/table.ts";
import { PSEUDO_ENCODING } from "../../../src/encodings/ids.ts";
import {
  cursorRectangle,
  desktopName,
  EXTENDED_MOUSE_BUTTONS,
  pointerPos,
  QEMU_EXTENDED_KEY_EVENT,
  qemuLEDState,
  qemuPointerMotionChange,
  vmwareCursorPosition,
  vmwareLEDState,
} from "../../../src/encodings/pseudo_rectangles.ts";
import { COLOUR_MAP } from "../../../src/frame/colour_map.ts";
import { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { NATIVE_FORMAT } from "../../../src/frame/pixel_format.ts";
import { BELL, serverCutText, setColourMapEntries } from "../../../src/rfb/server_messages.ts";
import { XVP_INIT, xvpFail } from "../../../src/rfb/xvp.ts";
import { Announcements } from "../../../src/viewer/announcements/announcements.ts";
import { readWishes } from "../../../src/viewer/wishes.ts";
import { ALL_RIGHTS, VIEW_ONLY } from "../../../src/security/rights.ts";

const {
  Cursor: CURSOR,
  CursorWithAlpha,
  DesktopName,
  ExtendedMouseButtons,
  PointerPos,
  QEMUExtendedKeyEvent,
  QEMULEDState,
  QEMUPointerMotionChange,
  VMwareCursorPosition,
  VMwareLEDState,
  xvp: XVP,
} = PSEUDO_ENCODING;

/** What a desktop may be like. */
interface Parts {
  cursor?: Cursor;
  leds?: Leds;
  pointerPosition?: Position;
  canPower?: boolean;
}

class Told {
  readonly desktop;
  readonly announcements: Announcements;
  calls = 0;

  constructor(parts: Parts = {}, rights = ALL_RIGHTS) {
    this.desktop = {
      frame: new Framebuffer(64, 48),
      screens: [],
      cursor: parts.cursor,
      leds: parts.leds,
      pointerPosition: parts.pointerPosition,
      canPower: parts.canPower ?? false,
      clipboardFormats: ["text"] as const,
    };
    this.announcements = new Announcements(this.desktop, rights, () => this.calls++);
  }

  wish(...encodings: number[]): void {
    this.announcements.setWishes(readWishes(encodings));
  }

  get rectangles(): Uint8Array[] {
    return this.announcements.nextRectangles(NATIVE_FORMAT);
  }

  get messages(): Uint8Array[] {
    const messages: Uint8Array[] = [];
    for (;;) {
      const message = this.announcements.nextMessage();
      if (message === undefined) return messages;
      messages.push(message);
    }
  }
}

const LEDS = { capsLock: true, numLock: false, scrollLock: true };

Deno.test("a viewer that understands nothing is told nothing", () => {
  const told = new Told({
    cursor: ARROW_CURSOR,
    leds: LEDS,
    pointerPosition: { x: 1, y: 2 },
    canPower: true,
  });
  const { announcements } = told;
  told.wish(0);
  announcements.cursorChanged();
  announcements.ledsChanged();
  announcements.pointerMoved(true);
  announcements.renamed("other");
  announcements.setMotion("relative");
  assertEquals(told.rectangles, []);
  assertEquals(told.messages, []);
});

Deno.test("what a viewer may send is acknowledged, once", () => {
  const told = new Told();
  told.wish(QEMUExtendedKeyEvent, ExtendedMouseButtons);
  assertEquals(told.rectangles, [QEMU_EXTENDED_KEY_EVENT, EXTENDED_MOUSE_BUTTONS]);
  told.wish(QEMUExtendedKeyEvent, ExtendedMouseButtons);
  assertEquals(told.rectangles, []);
});

Deno.test("the pointer's picture comes in the best way, in the newest picture, once", () => {
  const told = new Told({ cursor: ARROW_CURSOR });
  const rectangle = (cursor: Cursor, id: number) =>
    cursorRectangle(cursor, bestCursorEncoding([id])!, NATIVE_FORMAT);
  told.wish(CURSOR, CursorWithAlpha);
  assertEquals(told.rectangles, [rectangle(ARROW_CURSOR, CursorWithAlpha)]);
  told.wish(CURSOR);
  assertEquals(told.rectangles, [rectangle(ARROW_CURSOR, CURSOR)]);

  const hidden = { width: 0, height: 0, hotX: 0, hotY: 0, pixels: new Uint32Array(0) };
  told.announcements.cursorChanged();
  told.desktop.cursor = hidden;
  told.announcements.cursorChanged();
  assertEquals(told.rectangles, [rectangle(hidden, CURSOR)]);
  // Viewers keep what they have.
  told.desktop.cursor = undefined;
  told.announcements.cursorChanged();
  assertEquals(told.rectangles, []);
});

Deno.test("LEDs are told in one of both ways, at first and when they change", () => {
  const told = new Told({ leds: LEDS });
  told.wish(VMwareLEDState);
  assertEquals(told.rectangles, [vmwareLEDState(5)]);
  told.wish(VMwareLEDState, QEMULEDState);
  assertEquals(told.rectangles, [qemuLEDState(5)]);
  told.desktop.leds = { capsLock: false, numLock: true, scrollLock: false };
  told.announcements.ledsChanged();
  assertEquals(told.rectangles, [qemuLEDState(2)]);
  told.desktop.leds = undefined;
  told.announcements.ledsChanged();
  assertEquals(told.rectangles, []);
});

Deno.test("the pointer's place: by PointerPos always, by VMware's if the desktop put it there", () => {
  const told = new Told({ pointerPosition: { x: 1, y: 2 } });
  told.wish(PointerPos, VMwareCursorPosition);
  assertEquals(told.rectangles, [pointerPos(1, 2)]);
  told.desktop.pointerPosition = { x: 3, y: 4 };
  told.announcements.pointerMoved(false);
  assertEquals(told.rectangles, [pointerPos(3, 4)]);
  told.announcements.pointerMoved(true);
  told.desktop.pointerPosition = { x: 5, y: 6 };
  told.announcements.pointerMoved(false);
  assertEquals(told.rectangles, [pointerPos(5, 6), vmwareCursorPosition(5, 6)]);
});

Deno.test("nobody is woken by a pointer whose place nobody wants to know", () => {
  const told = new Told({ pointerPosition: { x: 1, y: 2 } });
  told.wish(VMwareCursorPosition);
  told.calls = 0;
  told.announcements.pointerMoved(false);
  assertEquals(told.calls, 0);
});

Deno.test("another name is told, also to a viewer that wants to know it later; not UltraVNC's", () => {
  const told = new Told();
  told.wish(DesktopName);
  assertEquals(told.rectangles, []);
  told.announcements.renamed("one");
  told.announcements.renamed("two");
  assertEquals(told.rectangles, [desktopName("two")]);
  told.wish(0);
  told.announcements.renamed("three");
  assertEquals(told.rectangles, []);
  told.wish(DesktopName);
  assertEquals(told.rectangles, [desktopName("three")]);
  told.wish(DesktopName, 0xffff8000 | 0);
  told.announcements.renamed("four");
  assertEquals(told.rectangles, []);
});

Deno.test("what PointerEvents are to say", () => {
  const told = new Told();
  told.wish(QEMUPointerMotionChange);
  assertEquals(told.rectangles, []);
  told.announcements.setMotion("relative");
  assertEquals(told.rectangles, [qemuPointerMotionChange("relative")]);
  told.announcements.setMotion("absolute");
  assertEquals(told.rectangles, [qemuPointerMotionChange("absolute")]);
});

Deno.test("xvp is declared once, to who may use it where it works, and fails by its version", () => {
  const told = new Told({ canPower: true });
  told.wish(XVP);
  told.wish(XVP);
  assertEquals(told.messages, [XVP_INIT]);
  told.announcements.xvpFailed(1);
  assertEquals(told.messages, [xvpFail(1)]);
  for (const other of [new Told({ canPower: true }, VIEW_ONLY), new Told({ canPower: false })]) {
    other.wish(XVP);
    assertEquals(other.messages, []);
  }
});

Deno.test("messages: the colour map, the bell, the clipboard; each once, the newest", () => {
  const told = new Told();
  told.announcements.bell();
  told.announcements.bell();
  told.announcements.clipboard.offer({ text: "one" });
  told.announcements.clipboard.offer({ text: "two" });
  told.announcements.setFormat({ ...NATIVE_FORMAT, bitsPerPixel: 8, trueColour: false });
  assertEquals(told.messages, [setColourMapEntries(COLOUR_MAP), BELL, serverCutText("two")]);
  assertEquals(told.messages, []);
});

Deno.test("a viewer that wants true colours again gets no colour map", () => {
  const told = new Told();
  told.announcements.setFormat({ ...NATIVE_FORMAT, bitsPerPixel: 8, trueColour: false });
  told.announcements.setFormat(NATIVE_FORMAT);
  assertEquals(told.messages, []);
});

Deno.test("whatever is to be told says so", () => {
  const told = new Told();
  const { announcements } = told;
  const steps = [
    () => announcements.setWishes(readWishes([PointerPos])),
    () => announcements.setFormat(NATIVE_FORMAT),
    () => announcements.cursorChanged(),
    () => announcements.ledsChanged(),
    () => announcements.pointerMoved(true),
    () => announcements.pointerMoved(false),
    () => announcements.renamed("other"),
    () => announcements.setMotion("relative"),
    () => announcements.bell(),
    () => announcements.xvpFailed(1),
    () => announcements.clipboard.offer({ text: "text" }),
    () => announcements.layouts.layoutChanged(false),
  ];
  for (const step of steps) {
    told.calls = 0;
    step();
    assertEquals(told.calls, 1, `${step}`);
  }
});
