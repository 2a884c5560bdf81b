/** Lets only so many tasks go on at the same time; the others wait in the order in which they came. */
export class Queue {
  readonly #width: number;
  #running = 0;
  readonly #waiting = new Set<() => void>();

  /** @param width How many may go on at the same time. */
  constructor(width: number) {
    this.#width = width;
  }

  /** Tasks that go on or wait; whoever wants that bounded asks before. */
  get length(): number {
    return this.#running + this.#waiting.size;
  }

  /**
   * Does a task when its turn has come.
   * @param signal Ends the wait for the turn, and nothing more.
   * @throws The signal's reason; what the task throws.
   */
  async pass<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#running < this.#width) this.#running++;
    else await this.#turn(signal);
    try {
      return await task();
    } finally {
      const [next] = this.#waiting;
      // It takes over this one's place.
      if (next !== undefined) next();
      else this.#running--;
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        this.#waiting.delete(begin);
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.delete(begin);
        reject(signal!.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
      this.#waiting.add(begin);
    });
  }
}
