import type { DesktopView } from "./desktop_view.ts";
import type { Settings } from "./settings.ts";

const touchScreen = matchMedia("(any-pointer: coarse)");

/** Whether there is a touch screen. */
export function hasTouch(): boolean {
  return touchScreen.matches;
}

/**
 * Makes a view behave as the user wants it.
 * @param isTyping Whether the on-screen keyboard is up.
 */
export function applySettings(
  view: DesktopView,
  { size, viewOnly }: Settings,
  isTyping: boolean,
): void {
  // Where the desktop can't become as large as the window it is fitted into it.
  view.scaleViewport = size !== "actual";
  view.resizeSession = size === "resize" && !isTyping;
  // A tap there is no reason to put the keyboard away.
  view.focusOnClick = !isTyping;
  // Fingers act on the desktop, so they can't scroll.
  view.clipViewport = hasTouch();
  view.viewOnly = viewOnly;
}
