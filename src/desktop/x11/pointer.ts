import type { Connection } from "./connection.ts";

/** X buttons that a mask can press: left, middle, right, four for the wheels, back, forward. */
const BUTTONS = 9;

/** The pointer, moved and clicked through XTEST. */
export class Pointer {
  readonly #connection: Connection;
  /** The mask of buttons that are pressed. */
  #pressed = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Moves to a place in a screen of that size, then presses and releases what the mask says. */
  set(x: number, y: number, buttons: number, screen: { width: number; height: number }): void {
    const { display, screenNumber, libraries: { xtst } } = this.#connection;
    xtst!.XTestFakeMotionEvent(
      ...[display, screenNumber] as const,
      ...[clip(x, screen.width), clip(y, screen.height), 0n] as const,
    );
    this.#setButtons(buttons);
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

function clip(position: number, size: number): number {
  return Math.max(0, Math.min(size - 1, Math.trunc(position) || 0));
}
