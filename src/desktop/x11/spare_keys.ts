import type { Connection } from "./connection.ts";
import type { KeyboardLayout } from "./keyboard_layout.ts";

/**
 * Milliseconds that a key keeps its symbol after it was used. Clients read the new mapping some time
 * after they hear of it: 20 ms when all is idle, 100 and more on a busy machine. One that is later
 * than this takes the next symbol for the one before. With the 18 spare keys of a common keyboard, 70
 * new symbols a second can be typed; who types fewer never waits.
 */
const REUSE_DELAY = 250;

interface Spare {
  readonly keycode: number;
  /** What it types now; 0 for nothing. */
  keysym: number;
  isPressed: boolean;
  /** When it was last pressed or released, in the milliseconds of `performance.now()`. */
  usedAt: number;
}

/** Keys that the layout leaves unused, made to type symbols that the layout lacks. */
export class SpareKeys {
  readonly #connection: Connection;
  /** The least recently used first. */
  #spares: Spare[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Takes the keys that a new layout leaves unused, and keeps those that are still mapped by us. */
  adopt({ unused, borrowed }: KeyboardLayout): void {
    const kept = this.#spares.filter(({ keycode }) => borrowed.includes(keycode));
    const fresh = unused.map((keycode) => ({
      keycode,
      keysym: 0,
      isPressed: false,
      usedAt: -Infinity,
    }));
    this.#spares = [...fresh, ...kept];
  }

  has(keycode: number): boolean {
    return this.#spares.some((spare) => spare.keycode === keycode);
  }

  /** Whether a key types these symbols because we made it so. */
  hasMapped(keycode: number, symbols: readonly number[]): boolean {
    const keysym = this.#spares.find((spare) => spare.keycode === keycode)?.keysym ?? 0;
    return keysym !== 0 && symbols.every((symbol) => symbol === keysym);
  }

  /**
   * Finds or makes a key for a symbol, to be pressed now.
   * @returns The key; or milliseconds after which to ask again; or `undefined` when all are pressed.
   */
  press(keysym: number): { keycode: number } | { wait: number } | undefined {
    const now = performance.now();
    let spare = this.#spares.find((spare) => spare.keysym === keysym);
    if (spare === undefined) {
      spare = this.#spares.find(({ isPressed }) => !isPressed);
      if (spare === undefined) return undefined;
      const wait = Math.ceil(spare.usedAt + REUSE_DELAY - now);
      if (wait > 0) return { wait };
      this.#map(spare, keysym);
    }
    spare.isPressed = true;
    this.#use(spare, now);
    return { keycode: spare.keycode };
  }

  /** To be called when a key is released, spare or not. */
  release(keycode: number): void {
    const spare = this.#spares.find((spare) => spare.keycode === keycode);
    if (spare === undefined) return;
    spare.isPressed = false;
    this.#use(spare, performance.now());
  }

  /** Leaves the keyboard as it was. Waits for clients to understand what was just typed. */
  reset(): void {
    const used = this.#spares.filter(({ keysym }) => keysym !== 0);
    if (used.length === 0) return;
    const last = Math.max(...used.map(({ usedAt }) => usedAt));
    const wait = Math.ceil(last + REUSE_DELAY - performance.now());
    if (wait > 0) this.#connection.sleep(wait);
    for (const spare of used) this.#map(spare, 0);
  }

  #use(spare: Spare, now: number): void {
    spare.usedAt = now;
    this.#spares = [...this.#spares.filter((other) => other !== spare), spare];
  }

  /** The symbol on both levels, so that Shift makes no difference. */
  #map(spare: Spare, keysym: number): void {
    const { display, libraries: { x11 } } = this.#connection;
    const symbols = new BigUint64Array([BigInt(keysym), BigInt(keysym)]);
    x11.XChangeKeyboardMapping(display, spare.keycode, symbols.length, symbols, 1);
    spare.keysym = keysym;
  }
}
