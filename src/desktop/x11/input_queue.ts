/**
 * Does its work if it can be done now.
 * @returns Milliseconds to wait before it's called again, or 0 when it's done.
 */
export type InputStep = () => number;

/** Far more than a person is ahead of the keyboard; what floods the queue further is dropped. */
const MOST_WAITING = 4096;

/**
 * Input in the order it came in. Most is done at once; behind a key that has to wait, all waits.
 */
export class InputQueue {
  readonly #waiting: InputStep[] = [];
  readonly #onOverflow: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onOverflow Called after all that waited was dropped, because it was too much. */
  constructor(onOverflow: () => void) {
    this.#onOverflow = onOverflow;
  }

  push(step: InputStep): void {
    this.#waiting.push(step);
    if (this.#waiting.length > MOST_WAITING) {
      this.clear();
      this.#onOverflow();
    } else if (this.#timer === undefined) {
      this.#run();
    }
  }

  /** Drops all that waits. */
  clear(): void {
    this.#waiting.length = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    this.#timer = undefined;
    // Taken out first, so that one that throws isn't tried again with the next input.
    for (let step = this.#waiting.shift(); step !== undefined; step = this.#waiting.shift()) {
      const wait = step();
      if (wait > 0) {
        this.#waiting.unshift(step);
        this.#timer = setTimeout(() => this.#run(), wait);
        return;
      }
    }
  }
}
