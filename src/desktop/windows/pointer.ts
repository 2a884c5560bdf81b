import type { Rect } from "../../frame/rect.ts";
import type { Libraries } from "./libraries.ts";
import { MouseFlag, sendMouse } from "./send_input.ts";

/** The mouse, moved through SendInput. */
export class Pointer {
  readonly #libraries: Libraries;

  constructor(libraries: Libraries) {
    this.#libraries = libraries;
  }

  /**
   * Moves to a place of the screen, from its top left corner.
   * @param area The virtual screen.
   */
  set(x: number, y: number, _buttons: number, { width, height }: Rect): void {
    sendMouse(this.#libraries, [{
      dx: toAbsolute(x, width),
      dy: toAbsolute(y, height),
      flags: MouseFlag.MOVE | MouseFlag.ABSOLUTE | MouseFlag.VIRTUALDESK,
    }]);
  }
}

/** SendInput counts from 0 to 65535 over the screen, whatever its size. */
function toAbsolute(place: number, size: number): number {
  return Math.ceil(place * 65536 / size);
}
