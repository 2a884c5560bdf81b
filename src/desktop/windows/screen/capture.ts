import type { DamageHint } from "../../../frame/damage.ts";
import type { Framebuffer } from "../../../frame/framebuffer.ts";
import type { Rect } from "../../../frame/rect.ts";

/**
 * How the screen's pixels are had: one implementation by BitBlt, one by desktop duplication. Where they
 * can't be had now (the screen has another size, another desktop is shown, a device was lost) all
 * throw a PlatformError, and a new one is to be made.
 */
export interface Capture {
  /** For the log: `BitBlt`. */
  readonly name: string;
  /** The screen's pixels as the last {@linkcode grab} left them. */
  readonly screen: Framebuffer;
  /**
   * Looks whether something has changed since the last grab. When that's known already it looks no
   * further: who grabs seldom needn't be told often.
   * @param near Where changes are likely.
   * @returns Whether something was found just now.
   */
  look(near: readonly Rect[]): boolean;
  /**
   * Brings `screen` up to date where something was found, or all of it.
   * @returns Where, and what has moved.
   */
  grab(isAll: boolean): DamageHint;
  /** There was input: what it does will be seen soon. */
  hurry(): void;
  close(): void;
}
