/** Milliseconds after which the shortest round trip is doubted: routes change. */
const LIFETIME = 10_000;

/**
 * How long a viewer's line takes for nothing at all, there and back: the shortest time that any
 * answer took. Whatever an answer takes beyond that is bytes in front of it.
 */
export class RoundTrip {
  #shortest = Infinity;
  #confirmed = -Infinity;

  /** Milliseconds; Infinity as long as nothing is known. */
  get shortest(): number {
    return this.#shortest;
  }

  /** Whether it should be measured again, with nothing else on the line. */
  isDoubtful(now: number): boolean {
    return now - this.#confirmed >= LIFETIME;
  }

  /**
   * An answer came.
   * @param time Milliseconds that it took.
   * @param alone Whether nothing else was on the line: then it measures the round trip, while others
   * only show that it isn't longer.
   */
  answered(time: number, alone: boolean, now: number): void {
    if (time > this.#shortest && !(alone && this.isDoubtful(now))) return;
    this.#shortest = time;
    this.#confirmed = now;
  }
}
