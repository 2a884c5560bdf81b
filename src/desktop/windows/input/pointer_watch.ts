import type { Rect } from "../../../frame/rect.ts";
import type { Position } from "../../desktop.ts";
import type { Libraries } from "../libraries.ts";
import type { Part } from "../part.ts";

/** Where the pointer is: Windows is asked, and tells only what viewers didn't do themselves. */
export class PointerWatch implements Part {
  readonly #libraries: Libraries;
  readonly #area: () => Rect;
  /** A POINT. */
  readonly #point = new Int32Array(2);
  #notify: (() => void) | undefined;
  #position: Position | undefined;

  /** @param area The virtual screen, as it is now. */
  constructor(libraries: Libraries, area: () => Rect) {
    this.#libraries = libraries;
    this.#area = area;
  }

  /** `undefined` until it is first watched. */
  get position(): Position | undefined {
    return this.#position;
  }

  start(notify: () => void): void {
    this.#notify = notify;
    this.#position = this.ask() ?? this.#position;
  }

  stop(): void {
    this.#notify = undefined;
  }

  /** A viewer puts the pointer there. */
  put(position: Position): void {
    this.#position = position;
  }

  look(): boolean {
    if (this.#notify === undefined) return false;
    const position = this.ask();
    if (position === undefined) return false;
    if (position.x === this.#position?.x && position.y === this.#position.y) return false;
    this.#position = position;
    this.#notify();
    return true;
  }

  /** Where it is now, from the screen's top left corner; `undefined` where Windows doesn't tell. */
  ask(): Position | undefined {
    if (this.#libraries.user32.GetCursorPos(this.#point) === 0) return undefined;
    const area = this.#area();
    const within = (place: number, size: number) => Math.max(0, Math.min(size - 1, place));
    return {
      x: within(this.#point[0]! - area.x, area.width),
      y: within(this.#point[1]! - area.y, area.height),
    };
  }
}
