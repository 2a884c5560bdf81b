/** Milliseconds from one beat to the next, while things move. */
const FAST = 10;
/** And when nothing has moved for a while. */
const SLOW = 100;
/** How much longer each idle beat takes than the one before: it's slow after a second. */
const SLOWER = 1.1;

/** Calls back after some milliseconds, unless what it returns is called before. */
export type After = (milliseconds: number, callback: () => void) => () => void;

/**
 * Beats fast while something moves, and slower by and by when nothing does. Windows has no way to wait
 * for all that may change at the desktop, so it's looked at.
 *
 * @example
 * ```ts
 * const pulse = new Pulse(() => capture.look());
 * pulse.start();
 * pulse.hurry(); // a key was pressed: something will happen soon
 * pulse.stop();
 * ```
 */
export class Pulse {
  readonly #beat: () => boolean;
  readonly #after: After;
  /** Calls the next beat off; `undefined` when stopped. */
  #cancel: (() => void) | undefined;
  #interval = FAST;

  /** @param beat Returns whether something has moved. It may stop the pulse. */
  constructor(beat: () => boolean, after: After = afterTimeout) {
    this.#beat = beat;
    this.#after = after;
  }

  /** Begins, fast. */
  start(): void {
    this.stop();
    this.#beatIn(FAST);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Beats fast from now on, as something will move soon. */
  hurry(): void {
    // A beat that is due soon isn't put off.
    if (this.#cancel !== undefined && this.#interval > FAST) this.start();
  }

  #beatIn(interval: number): void {
    this.#interval = interval;
    this.#cancel = this.#after(interval, () => this.#beatNow());
  }

  #beatNow(): void {
    const cancel = this.#cancel;
    const hasMoved = this.#beat();
    // The beat has stopped the pulse, or begun it anew.
    if (this.#cancel !== cancel) return;
    this.#beatIn(hasMoved ? FAST : Math.min(SLOW, this.#interval * SLOWER));
  }
}

const afterTimeout: After = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};
