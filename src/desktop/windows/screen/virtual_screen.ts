import type { Rect } from "../../../frame/rect.ts";
import type { Libraries } from "../libraries.ts";

const SM_XVIRTUALSCREEN = 76;
const SM_YVIRTUALSCREEN = 77;
const SM_CXVIRTUALSCREEN = 78;
const SM_CYVIRTUALSCREEN = 79;

/**
 * The box of all monitors, in pixels. Its corner has negative coordinates where a monitor is to the
 * left of the main one, or above it: that one's corner is 0, 0.
 */
export function virtualScreen({ user32 }: Libraries): Rect {
  return {
    x: user32.GetSystemMetrics(SM_XVIRTUALSCREEN),
    y: user32.GetSystemMetrics(SM_YVIRTUALSCREEN),
    width: user32.GetSystemMetrics(SM_CXVIRTUALSCREEN),
    height: user32.GetSystemMetrics(SM_CYVIRTUALSCREEN),
  };
}
