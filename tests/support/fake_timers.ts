/** What `setTimeout` gives while it's a fake. */
interface Timer {
  readonly due: number;
  readonly task: () => void;
}

/** Puts timers of a clock of their own in place of the real ones, until it's disposed of. */
export class FakeTimers implements Disposable {
  readonly #real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  readonly #timers = new Set<Timer>();
  #now = 0;

  constructor() {
    const set = (task: () => void, milliseconds: number) => {
      const timer = { due: this.#now + milliseconds, task };
      this.#timers.add(timer);
      return timer;
    };
    const clear = (timer: Timer) => this.#timers.delete(timer);
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  }

  /** How many are running. */
  get running(): number {
    return this.#timers.size;
  }

  /** Lets so much time pass; what is due by then is done. */
  pass(milliseconds: number): void {
    this.#now += milliseconds;
    for (const timer of this.#timers) {
      if (timer.due <= this.#now && this.#timers.delete(timer)) timer.task();
    }
  }

  [Symbol.dispose](): void {
    Object.assign(globalThis, this.#real);
  }
}
