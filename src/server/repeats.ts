import type { Logger } from "../log.ts";

/** Milliseconds for which the same is said once. */
const INTERVAL = 10_000;

/** Different texts that are kept apart. */
const MOST = 100;

/**
 * Warns of what may happen very often: at once of the first time, and of those after it by their
 * number, every ten seconds.
 */
export class Repeats {
  readonly #log: Pick<Logger, "warn">;
  /** How often each has happened since it was last said. */
  readonly #counts = new Map<string, number>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(log: Pick<Logger, "warn">) {
    this.#log = log;
  }

  /**
   * @param where Where it happens, such as an address; of very many, the last are `elsewhere`.
   * @param what What happens there.
   */
  warn(where: string, what: string): void {
    const text = `${where}: ${what}`;
    const key = this.#counts.has(text) || this.#counts.size < MOST ? text : `elsewhere: ${what}`;
    const count = this.#counts.get(key);
    if (count === undefined) this.#log.warn(key);
    this.#counts.set(key, (count ?? -1) + 1);
    this.#timer ??= setInterval(() => this.#sumUp(), INTERVAL);
  }

  /** Says what is left to say. */
  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#sumUp();
    this.#counts.clear();
  }

  #sumUp(): void {
    for (const [text, count] of this.#counts) {
      if (count > 0) {
        this.#log.warn(`${text} (${count} more)`);
        this.#counts.set(text, 0);
      } else {
        this.#counts.delete(text);
      }
    }
    if (this.#counts.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
