import { PlatformError } from "../errors.ts";
import type { Libraries } from "./libraries.ts";

/** What a thread needs there: to look, to have a window, and to play input. */
const DESKTOP_READOBJECTS = 0x1;
const DESKTOP_CREATEWINDOW = 0x2;
const DESKTOP_HOOKCONTROL = 0x8;
const DESKTOP_JOURNALPLAYBACK = 0x20;
const DESKTOP_WRITEOBJECTS = 0x80;
const RIGHTS = DESKTOP_READOBJECTS | DESKTOP_CREATEWINDOW | DESKTOP_HOOKCONTROL |
  DESKTOP_JOURNALPLAYBACK | DESKTOP_WRITEOBJECTS;
const UOI_NAME = 2;

/** Why there is nothing to see; for viewers. */
const HIDDEN =
  "Windows shows its lock screen, or asks for permission: an ordinary program can't see that";

/**
 * The name of the desktop that is on the screen and gets input: `Default` is the user's, `Winlogon`
 * that of the lock screen and of questions for permission.
 * @throws {PlatformError} When it isn't ours to see.
 */
export function inputDesktopName(libraries: Libraries): string {
  return withInputDesktop(libraries, (desktop) => nameOf(libraries, desktop));
}

/** The name of the desktop that this thread sees. */
export function threadDesktopName(libraries: Libraries): string {
  const { user32, kernel32 } = libraries;
  // Not to be closed: the thread has it.
  return nameOf(libraries, user32.GetThreadDesktop(kernel32.GetCurrentThreadId()));
}

/**
 * Has this thread see the desktop that is on the screen now, whichever that is. A thread that has windows
 * can't: they are closed first.
 * @throws {PlatformError} When it isn't ours to see.
 */
export function attachToInputDesktop(libraries: Libraries): void {
  if (inputDesktopName(libraries) === threadDesktopName(libraries)) return;
  const { user32, kernel32 } = libraries;
  const desktop = openInputDesktop(libraries);
  const before = user32.GetThreadDesktop(kernel32.GetCurrentThreadId());
  const isAttached = user32.SetThreadDesktop(desktop) !== 0;
  // Does nothing to the desktop that the program began on.
  user32.CloseDesktop(isAttached ? before : desktop);
  if (!isAttached) throw new PlatformError(HIDDEN);
}

function withInputDesktop<T>(libraries: Libraries, use: (desktop: Deno.PointerValue) => T): T {
  const desktop = openInputDesktop(libraries);
  try {
    return use(desktop);
  } finally {
    libraries.user32.CloseDesktop(desktop);
  }
}

function openInputDesktop({ user32 }: Libraries): Deno.PointerObject {
  const desktop = user32.OpenInputDesktop(0, 0, RIGHTS);
  if (desktop === null) throw new PlatformError(HIDDEN);
  return desktop;
}

function nameOf({ user32 }: Libraries, desktop: Deno.PointerValue): string {
  const name = new Uint16Array(256);
  const length = new Uint32Array(1);
  if (user32.GetUserObjectInformationW(desktop, UOI_NAME, name, name.byteLength, length) === 0) {
    return "";
  }
  return String.fromCharCode(...name.subarray(0, length[0]! / 2 - 1));
}
