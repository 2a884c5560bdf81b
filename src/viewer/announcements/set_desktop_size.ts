import { RESIZE_RESULT } from "../../encodings/pseudo_rectangles.ts";
import type { ScreenLayout } from "../../rfb/screen.ts";
import type { DesktopListener, SharedDesktop } from "../shared_desktop.ts";

/**
 * Gives the desktop the layout that a viewer asked for with SetDesktopSize, if that can be: one
 * screen that fills it.
 * @returns One of {@linkcode RESIZE_RESULT}.
 */
export function setDesktopSize(
  { width, height, screens }: ScreenLayout,
  desktop: Pick<SharedDesktop, "resize">,
  viewer: DesktopListener,
): number {
  const [screen] = screens;
  const isValid = screens.length === 1 && width > 0 && height > 0 && screen!.x === 0 &&
    screen!.y === 0 && screen!.width === width && screen!.height === height;
  if (!isValid) return RESIZE_RESULT.invalidScreenLayout;
  return desktop.resize(width, height, viewer) ? RESIZE_RESULT.noError : RESIZE_RESULT.prohibited;
}
