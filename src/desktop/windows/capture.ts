import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { Rect } from "../../frame/rect.ts";

/** How the screen's pixels are had: one implementation by BitBlt, one by desktop duplication. */
export interface Capture {
  /** For the log: `BitBlt`. */
  readonly name: string;
  /** The screen as it was fetched last; `areas` lie in it. */
  readonly screen: Framebuffer;
  /**
   * Brings `screen` up to date in these areas, or in more.
   * @returns False where the screen can't be had now: another size, another desktop, a lost device.
   */
  fetch(areas: readonly Rect[]): boolean;
  close(): void;
}
