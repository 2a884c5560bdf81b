import { ARROW_CURSOR } from "../../cursors.ts";
import type { Cursor } from "../../desktop.ts";
import { type Bitmap, cursorShape } from "./cursor_shape.ts";
import { bitmapHeader, DIB_RGB_COLORS } from "../screen/dib_section.ts";
import type { Libraries } from "../libraries.ts";
import type { Part } from "../part.ts";
import { BITMAP, CURSORINFO, ICONINFO, LITTLE_ENDIAN } from "../structs.ts";

const CURSOR_SHOWING = 1;
/** Touch or a pen was used last: Windows shows no cursor until the mouse moves. */
const CURSOR_SUPPRESSED = 2;

/** The handle of no cursor. */
const NONE = 0n;

/** Viewers take a picture without pixels for none at all, and keep the one they had. */
const HIDDEN_CURSOR: Cursor = {
  width: 1,
  height: 1,
  hotX: 0,
  hotY: 0,
  pixels: Uint32Array.of(0),
};

/** The pointer's picture, read when Windows shows another cursor. */
export class CursorWatch implements Part {
  readonly #libraries: Libraries;
  readonly #info = structure(CURSORINFO.size);
  #notify: (() => void) | undefined;
  /** The cursor that was read last. */
  #handle: bigint | undefined;
  #cursor: Cursor | undefined;

  constructor(libraries: Libraries) {
    this.#libraries = libraries;
    this.#info.setUint32(CURSORINFO.cbSize, CURSORINFO.size, LITTLE_ENDIAN);
  }

  /** As it was when last looked at; `undefined` until it is first watched. */
  get cursor(): Cursor | undefined {
    return this.#cursor;
  }

  start(notify: () => void): void {
    // Another cursor may have got the handle meanwhile.
    this.#handle = undefined;
    this.look();
    this.#notify = notify;
  }

  stop(): void {
    this.#notify = undefined;
  }

  look(): boolean {
    const handle = this.#shown();
    if (handle === undefined || handle === this.#handle) return false;
    this.#handle = handle;
    const before = this.#cursor;
    // Whoever made a cursor may have destroyed it.
    this.#cursor = handle === NONE
      ? HIDDEN_CURSOR
      : readCursor(this.#libraries, handle) ?? ARROW_CURSOR;
    if (this.#cursor === before) return false;
    this.#notify?.();
    return true;
  }

  /** The cursor on the screen, or {@linkcode NONE}; `undefined` when that can't be said now. */
  #shown(): bigint | undefined {
    if (this.#libraries.user32.GetCursorInfo(this.#info) === 0) return undefined;
    const flags = this.#info.getUint32(CURSORINFO.flags, LITTLE_ENDIAN);
    // The viewer's user has a mouse.
    if ((flags & CURSOR_SUPPRESSED) !== 0) return undefined;
    if ((flags & CURSOR_SHOWING) === 0) return NONE;
    return this.#info.getBigUint64(CURSORINFO.hCursor, LITTLE_ENDIAN);
  }
}

/** `undefined` when Windows doesn't give it. */
function readCursor(libraries: Libraries, handle: bigint): Cursor | undefined {
  const { user32, gdi32 } = libraries;
  const icon = structure(ICONINFO.size);
  if (user32.GetIconInfo(Deno.UnsafePointer.create(handle), icon) === 0) return undefined;
  const pointer = (offset: number) =>
    Deno.UnsafePointer.create(icon.getBigUint64(offset, LITTLE_ENDIAN));
  // Copies, and ours to free.
  const handles = [pointer(ICONINFO.hbmMask), pointer(ICONINFO.hbmColor)] as const;
  const [mask, colour] = handles.map((bitmap) => readBitmap(libraries, bitmap));
  for (const bitmap of handles) if (bitmap !== null) gdi32.DeleteObject(bitmap);
  if (mask === undefined) return undefined;
  const hotX = icon.getUint32(ICONINFO.xHotspot, LITTLE_ENDIAN);
  const hotY = icon.getUint32(ICONINFO.yHotspot, LITTLE_ENDIAN);
  return cursorShape({ hotX, hotY, mask, colour });
}

/** `undefined` when there is none. */
function readBitmap(
  { user32, gdi32 }: Libraries,
  bitmap: Deno.PointerValue,
): Bitmap | undefined {
  const info = structure(BITMAP.size);
  if (bitmap === null || gdi32.GetObjectW(bitmap, BITMAP.size, info) === 0) return undefined;
  const width = info.getInt32(BITMAP.bmWidth, LITTLE_ENDIAN);
  const height = info.getInt32(BITMAP.bmHeight, LITTLE_ENDIAN);
  const pixels = new Uint32Array(width * height);
  const dc = user32.GetDC(null);
  const rows = gdi32.GetDIBits(
    ...[dc, bitmap, 0, height, pixels, bitmapHeader(width, height), DIB_RGB_COLORS] as const,
  );
  user32.ReleaseDC(null, dc);
  return rows === height ? { width, height, pixels } : undefined;
}

function structure(size: number): DataView<ArrayBuffer> {
  return new DataView(new ArrayBuffer(size));
}
