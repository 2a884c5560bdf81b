import type { Framebuffer } from "../../../frame/framebuffer.ts";
import type { Rect } from "../../../frame/rect.ts";
import { PlatformError } from "../../errors.ts";
import { DibSection } from "./dib_section.ts";
import type { Libraries } from "../libraries.ts";

/** Without CAPTUREBLT: that makes the pointer flicker, and nothing is missed since Windows 8. */
const SRCCOPY = 0x00cc0020;

/** A copy of the screen, brought up to date by GDI. */
export class ScreenCopy {
  readonly #libraries: Libraries;
  /** The virtual screen's corner, in its coordinates. */
  readonly #origin: { readonly x: number; readonly y: number };
  readonly #section: DibSection;

  /** @param area The virtual screen. */
  constructor(libraries: Libraries, area: Rect) {
    this.#libraries = libraries;
    this.#origin = area;
    this.#section = new DibSection(libraries, area.width, area.height);
  }

  get pixels(): Framebuffer {
    return this.#section.pixels;
  }

  /**
   * Brings the pixels in these areas up to date.
   * @throws {PlatformError} When Windows refuses, as while another desktop is shown.
   */
  fetch(areas: readonly Rect[]): void {
    const { user32, gdi32 } = this.#libraries;
    const screen = user32.GetDC(null);
    if (screen === null) throw new PlatformError("the screen can't be had");
    const isFetched = areas.every(({ x, y, width, height }) =>
      gdi32.BitBlt(
        ...[this.#section.dc, x, y, width, height] as const,
        ...[screen, x + this.#origin.x, y + this.#origin.y, SRCCOPY] as const,
      ) !== 0
    );
    user32.ReleaseDC(null, screen);
    // GDI may draw later than it says.
    gdi32.GdiFlush();
    if (!isFetched) throw new PlatformError("the screen can't be copied");
  }

  close(): void {
    this.#section.close();
  }
}
