import type { Connection } from "./connection.ts";
import type { PointerWatch } from "./pointer_watch.ts";

/** X buttons that a mask can press: left, middle, right, four for the wheels, back, forward. */
const BUTTONS = 9;

/** The farthest that the protocol can say. */
const FARTHEST = 0x7fff;

/** The pointer, moved and clicked through XTEST. */
export class Pointer {
  readonly #connection: Connection;
  readonly #watch: PointerWatch;
  /** The mask of buttons that are pressed. */
  #pressed = 0;

  /** @param watch Is told where the pointer goes. */
  constructor(connection: Connection, watch: PointerWatch) {
    this.#connection = connection;
    this.#watch = watch;
  }

  /** Moves to a place in a screen of that size, then presses and releases what the mask says. */
  set(x: number, y: number, buttons: number, screen: { width: number; height: number }): void {
    const { display, screenNumber, libraries: { xtst } } = this.#connection;
    const place = { x: clip(x, 0, screen.width - 1), y: clip(y, 0, screen.height - 1) };
    this.#watch.put(place);
    xtst!.XTestFakeMotionEvent(display, screenNumber, place.x, place.y, 0n);
    this.#setButtons(buttons);
  }

  /** Moves by so many pixels, then presses and releases what the mask says. */
  moveBy(dx: number, dy: number, buttons: number): void {
    const { display, libraries: { xtst } } = this.#connection;
    const [right, down] = [clip(dx, -FARTHEST, FARTHEST), clip(dy, -FARTHEST, FARTHEST)];
    if (right !== 0 || down !== 0) xtst!.XTestFakeRelativeMotionEvent(display, right, down, 0n);
    this.#setButtons(buttons);
    this.#watch.look();
  }

  releaseAll(): void {
    this.#setButtons(0);
  }

  /** Bit n of the mask is X button n + 1. */
  #setButtons(mask: number): void {
    const { display, libraries: { xtst } } = this.#connection;
    for (let bit = 0; bit < BUTTONS; bit++) {
      if (((mask ^ this.#pressed) >>> bit & 1) === 0) continue;
      xtst!.XTestFakeButtonEvent(display, bit + 1, mask >>> bit & 1, 0n);
    }
    this.#pressed = mask;
  }
}

function clip(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.trunc(value) || 0));
}
