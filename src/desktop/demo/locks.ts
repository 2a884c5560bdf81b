import type { Leds } from "../desktop.ts";
import { Keysym } from "../keysym.ts";

const LOCKS: ReadonlyMap<number, keyof Leds> = new Map([
  [Keysym.Caps_Lock, "capsLock"],
  [Keysym.Num_Lock, "numLock"],
  [Keysym.Scroll_Lock, "scrollLock"],
]);

/** The lock keys, each of which switches a light whenever it's pressed. */
export class Locks {
  #leds: Leds = { capsLock: false, numLock: false, scrollLock: false };
  readonly #held = new Set<number>();

  get leds(): Leds {
    return this.#leds;
  }

  /** Takes any key; whether it has switched a light. */
  key(keysym: number, down: boolean): boolean {
    const lock = LOCKS.get(keysym);
    if (lock === undefined) return false;
    const isRepeated = down && this.#held.has(keysym);
    if (down) this.#held.add(keysym);
    else this.#held.delete(keysym);
    if (!down || isRepeated) return false;
    this.#leds = { ...this.#leds, [lock]: !this.#leds[lock] };
    return true;
  }
}
