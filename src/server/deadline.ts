/** Calls something when the time is up, unless it is stopped before. */
export class Deadline {
  readonly #milliseconds: number;
  readonly #missed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(milliseconds: number, missed: () => void) {
    this.#milliseconds = milliseconds;
    this.#missed = missed;
    this.#start();
  }

  /** Doesn't count the time that something takes; all of it is left then. */
  async without<T>(pause: () => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    try {
      return await pause();
    } finally {
      this.#start();
    }
  }

  /** It will never be missed now, though something it doesn't count may still go on. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #start(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(this.#missed, this.#milliseconds);
  }
}
