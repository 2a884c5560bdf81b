/** Calls something when the time is up, unless it is stopped before. */
export class Deadline {
  readonly #milliseconds: number;
  readonly #missed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(milliseconds: number, missed: () => void) {
    this.#milliseconds = milliseconds;
    this.#missed = missed;
    this.#start();
  }

  /** Doesn't count the time that something takes; all of it is left then. */
  async without<T>(pause: () => Promise<T>): Promise<T> {
    this.stop();
    try {
      return await pause();
    } finally {
      this.#start();
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#timer = setTimeout(this.#missed, this.#milliseconds);
  }
}
