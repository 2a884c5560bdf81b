/** Seconds before the first try, and at most before any. */
const FIRST = 1;
const MOST = 15;

/** A connection that has lasted so long, in milliseconds, was a good one. */
const GOOD = 10_000;

/**
 * How long to wait before each try to connect again: 1, 2, 4, 8, 15, 15 … seconds.
 *
 * A connection that breaks soon doesn't start this anew: where each new viewer replaces the one
 * before it, two pages would throw each other out every second.
 */
export class Backoff {
  #next = FIRST;

  /** Seconds to wait now. */
  take(): number {
    const seconds = this.#next;
    this.#next = Math.min(2 * seconds, MOST);
    return seconds;
  }

  /** A connection has lasted so many milliseconds. */
  lasted(milliseconds: number): void {
    if (milliseconds >= GOOD) this.reset();
  }

  /** The user wants to connect. */
  reset(): void {
    this.#next = FIRST;
  }
}
