import type { PixelFormat } from "../frame/pixel_format.ts";
import { ByteWriter } from "../rfb/byte_writer.ts";
import { appendScreen, SCREEN_LENGTH, type ScreenLayout } from "../rfb/screen.ts";
import { rectangle } from "../rfb/server_messages.ts";
import type { CursorEncoding, CursorPicture } from "./cursor/cursor_encoding.ts";
import { PSEUDO_ENCODING } from "./ids.ts";

// Whole rectangles, header included, for a FramebufferUpdate.

/** An empty pseudo-rectangle says that vncd has the extension too. */
const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };

/** From now on the viewer may send QEMU Extended Key Events. */
export const QEMU_EXTENDED_KEY_EVENT: Uint8Array = rectangle(
  NOWHERE,
  PSEUDO_ENCODING.QEMUExtendedKeyEvent,
);

/** From now on the viewer may send PointerEvents with more buttons. */
export const EXTENDED_MOUSE_BUTTONS: Uint8Array = rectangle(
  NOWHERE,
  PSEUDO_ENCODING.ExtendedMouseButtons,
);

/** The pointer's picture, in one of the cursor encodings. */
export function cursorRectangle(
  cursor: CursorPicture & { readonly hotX: number; readonly hotY: number },
  encoding: CursorEncoding,
  format: PixelFormat,
): Uint8Array {
  const { hotX, hotY, width, height } = cursor;
  const data = encoding.encode(cursor, format);
  return new ByteWriter(12 + data.length)
    .bytes(rectangle({ x: hotX, y: hotY, width, height }, encoding.id)).bytes(data).finish();
}

/** DesktopSize: the framebuffer's new size, to be the last rectangle of its update. */
export function desktopSize(size: { readonly width: number; readonly height: number }): Uint8Array {
  const { width, height } = size;
  return rectangle({ x: 0, y: 0, width, height }, PSEUDO_ENCODING.DesktopSize);
}

/** Why an ExtendedDesktopSize rectangle is sent. */
export const RESIZE_REASON = {
  /** The desktop did it, or the viewer has asked for all pixels and is told the layout with them. */
  server: 0,
  /** The viewer asked for it, successfully or not. */
  client: 1,
  /** Another viewer asked for it. */
  otherClient: 2,
} as const;

/** What became of a SetDesktopSize. */
export const RESIZE_RESULT = {
  noError: 0,
  prohibited: 1,
  outOfResources: 2,
  invalidScreenLayout: 3,
  requestForwarded: 4,
} as const;

/** ExtendedDesktopSize; its update must not bring pixels. */
export function extendedDesktopSize(
  reason: number,
  result: number,
  { width, height, screens }: ScreenLayout,
): Uint8Array {
  const out = new ByteWriter(16 + screens.length * SCREEN_LENGTH)
    .bytes(rectangle({ x: reason, y: result, width, height }, PSEUDO_ENCODING.ExtendedDesktopSize))
    .u8(screens.length).padding(3);
  for (const screen of screens) appendScreen(out, screen);
  return out.finish();
}

/** DesktopName: the desktop has another name now. */
export function desktopName(name: string): Uint8Array {
  const text = new TextEncoder().encode(name);
  return new ByteWriter(16 + text.length)
    .bytes(rectangle(NOWHERE, PSEUDO_ENCODING.DesktopName)).u32(text.length).bytes(text).finish();
}

/** QEMU LED State. @param state Bit 0 Scroll Lock, 1 Num Lock, 2 Caps Lock. */
export function qemuLEDState(state: number): Uint8Array {
  return new ByteWriter(13)
    .bytes(rectangle(NOWHERE, PSEUDO_ENCODING.QEMULEDState)).u8(state).finish();
}

/** VMware LED State. @param state Bits as of {@linkcode qemuLEDState}. */
export function vmwareLEDState(state: number): Uint8Array {
  return new ByteWriter(16)
    .bytes(rectangle(NOWHERE, PSEUDO_ENCODING.VMwareLEDState)).u32(state).finish();
}

/** PointerPos: where the pointer is, moved by somebody else than the viewer. */
export function pointerPos(x: number, y: number): Uint8Array {
  return rectangle({ x, y, width: 0, height: 0 }, PSEUDO_ENCODING.PointerPos);
}

/** VMware Cursor Position, which says the same. */
export function vmwareCursorPosition(x: number, y: number): Uint8Array {
  return rectangle({ x, y, width: 0, height: 0 }, PSEUDO_ENCODING.VMwareCursorPosition);
}

/** QEMU Pointer Motion Change: what the viewer's PointerEvents are to say from now on. */
export function qemuPointerMotionChange(motion: "absolute" | "relative"): Uint8Array {
  const x = motion === "absolute" ? 1 : 0;
  return rectangle({ ...NOWHERE, x }, PSEUDO_ENCODING.QEMUPointerMotionChange);
}
