import type { Framebuffer } from "../../frame/framebuffer.ts";
import type { Rect } from "../../frame/rect.ts";
import type { Capture } from "./capture.ts";
import { DibSection } from "./dib_section.ts";
import type { Libraries } from "./libraries.ts";

/** Without CAPTUREBLT: that makes the pointer flicker, and nothing is missed since Windows 8. */
const SRCCOPY = 0x00cc0020;

/** Copies the screen by GDI: works everywhere. */
export class BitBltCapture implements Capture {
  readonly name = "BitBlt";
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

  get screen(): Framebuffer {
    return this.#section.pixels;
  }

  fetch(areas: readonly Rect[]): boolean {
    const { user32, gdi32 } = this.#libraries;
    const screen = user32.GetDC(null);
    if (screen === null) return false;
    const isFetched = areas.every(({ x, y, width, height }) =>
      gdi32.BitBlt(
        ...[this.#section.dc, x, y, width, height] as const,
        ...[screen, x + this.#origin.x, y + this.#origin.y, SRCCOPY] as const,
      ) !== 0
    );
    user32.ReleaseDC(null, screen);
    // GDI may draw later than it says.
    gdi32.GdiFlush();
    return isFetched;
  }

  close(): void {
    this.#section.close();
  }
}
