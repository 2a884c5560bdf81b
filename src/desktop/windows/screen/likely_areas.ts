import type { Rect } from "../../../frame/rect.ts";
import type { Libraries } from "../libraries.ts";
import { CURSORINFO, LITTLE_ENDIAN, RECT } from "../structs.ts";

/** Pixels around the pointer that it may change: menus, tips, what it drags. */
const REACH = 64;

/** Where changes are likely: the window in use, and around the pointer. From the corner of `area`. */
export function likelyAreas(libraries: Libraries, area: Rect): Rect[] {
  return [foregroundWindow(libraries), aroundPointer(libraries)]
    .flatMap((rect) => rect === undefined ? [] : [rect])
    .map((rect) => ({ ...rect, x: rect.x - area.x, y: rect.y - area.y }));
}

function foregroundWindow({ user32 }: Libraries): Rect | undefined {
  const view = new DataView(new ArrayBuffer(RECT.size));
  if (user32.GetWindowRect(user32.GetForegroundWindow(), view) === 0) return undefined;
  const [x, y] = [view.getInt32(RECT.left, LITTLE_ENDIAN), view.getInt32(RECT.top, LITTLE_ENDIAN)];
  const width = view.getInt32(RECT.right, LITTLE_ENDIAN) - x;
  return { x, y, width, height: view.getInt32(RECT.bottom, LITTLE_ENDIAN) - y };
}

function aroundPointer({ user32 }: Libraries): Rect | undefined {
  const view = new DataView(new ArrayBuffer(CURSORINFO.size));
  view.setUint32(CURSORINFO.cbSize, CURSORINFO.size, LITTLE_ENDIAN);
  if (user32.GetCursorInfo(view) === 0) return undefined;
  const x = view.getInt32(CURSORINFO.ptScreenPos, LITTLE_ENDIAN) - REACH;
  const y = view.getInt32(CURSORINFO.ptScreenPos + 4, LITTLE_ENDIAN) - REACH;
  return { x, y, width: 2 * REACH, height: 2 * REACH };
}
