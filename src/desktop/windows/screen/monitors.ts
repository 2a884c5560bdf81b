import { intersect, isEmpty, type Rect } from "../../../frame/rect.ts";
import type { Screen } from "../../desktop.ts";
import type { Libraries } from "../libraries.ts";
import { DEVMODEW, DISPLAY_DEVICEW, LITTLE_ENDIAN } from "../structs.ts";
import { wide } from "../wide.ts";

const DISPLAY_DEVICE_ATTACHED_TO_DESKTOP = 0x1;
const DISPLAY_DEVICE_MIRRORING_DRIVER = 0x8;
const ENUM_CURRENT_SETTINGS = 0xffffffff;
/** In UTF-16 units, the NUL included. */
const DEVICE_NAME_LENGTH = 32;

/**
 * The monitors, by where they are on the virtual screen.
 * @param area The virtual screen; a monitor outside, if one came since it was asked for, is left out.
 * @returns One at least: all of the screen where Windows tells of none.
 */
export function monitors(libraries: Libraries, area: Rect): readonly Screen[] {
  const bounds = { x: 0, y: 0, width: area.width, height: area.height };
  const found = deviceNames(libraries).flatMap((name) => {
    const rect = placeOf(libraries, name);
    if (rect === undefined) return [];
    const inside = intersect({ ...rect, x: rect.x - area.x, y: rect.y - area.y }, bounds);
    return isEmpty(inside) ? [] : [{ id: numberIn(name), ...inside }];
  });
  return found.length > 0 ? found : [{ id: 1, ...bounds }];
}

/** Such as `\\.\DISPLAY1`, which stays for as long as the monitor is on that plug. */
function deviceNames({ user32 }: Libraries): string[] {
  const names: string[] = [];
  const view = new DataView(new ArrayBuffer(DISPLAY_DEVICEW.size));
  view.setUint32(DISPLAY_DEVICEW.cb, DISPLAY_DEVICEW.size, LITTLE_ENDIAN);
  for (let i = 0; user32.EnumDisplayDevicesW(null, i, view, 0) !== 0; i++) {
    const flags = view.getUint32(DISPLAY_DEVICEW.StateFlags, LITTLE_ENDIAN);
    const isShown = (flags & DISPLAY_DEVICE_ATTACHED_TO_DESKTOP) !== 0 &&
      (flags & DISPLAY_DEVICE_MIRRORING_DRIVER) === 0;
    if (isShown) names.push(textAt(view, DISPLAY_DEVICEW.DeviceName));
  }
  return names;
}

function placeOf({ user32 }: Libraries, name: string): Rect | undefined {
  const view = new DataView(new ArrayBuffer(DEVMODEW.size));
  view.setUint16(DEVMODEW.dmSize, DEVMODEW.size, LITTLE_ENDIAN);
  if (user32.EnumDisplaySettingsExW(wide(name), ENUM_CURRENT_SETTINGS, view, 0) === 0) {
    return undefined;
  }
  return {
    x: view.getInt32(DEVMODEW.dmPosition, LITTLE_ENDIAN),
    y: view.getInt32(DEVMODEW.dmPosition + 4, LITTLE_ENDIAN),
    width: view.getUint32(DEVMODEW.dmPelsWidth, LITTLE_ENDIAN),
    height: view.getUint32(DEVMODEW.dmPelsHeight, LITTLE_ENDIAN),
  };
}

/** Windows numbers displays from 1 on; 0 is no monitor to some viewers. */
function numberIn(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0) || 1;
}

function textAt(view: DataView, offset: number): string {
  const units = Array.from(
    { length: DEVICE_NAME_LENGTH },
    (_, i) => view.getUint16(offset + 2 * i, LITTLE_ENDIAN),
  );
  return String.fromCharCode(...units.slice(0, units.indexOf(0)));
}
