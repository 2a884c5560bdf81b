/** Milliseconds that a time may be wrong by: the event loops at both ends are that coarse. */
const GRAIN = 5;

/** Milliseconds in which the estimate follows a line that has become slower (by 63 %). */
const FORGET = 150;

/** How fast a viewer takes bytes: line, reading and decoding together. */
export class DeliveryRate {
  #rate = 0;
  #isKnown = false;

  /** Bytes per millisecond; 0 as long as nothing is known. */
  get rate(): number {
    return this.#rate;
  }

  /** Whether it has been measured, and nothing has been faster since. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** So many bytes were delivered in so many milliseconds; it might have been faster. */
  atLeast(bytes: number, time: number): void {
    const rate = bytes / Math.max(time, GRAIN);
    if (rate <= this.#rate) return;
    this.#isKnown = false;
    // Halfway, as the time may be wrong by more than a grain.
    this.#rate = this.#rate === 0 ? rate : (this.#rate + rate) / 2;
  }

  /**
   * So many bytes were delivered in so many milliseconds by a line that had no rest.
   * @param since Milliseconds since the last such measurement: they may overlap.
   */
  measured(bytes: number, time: number, since: number): void {
    this.atLeast(bytes, time);
    const rate = bytes / Math.max(time, GRAIN);
    if (rate < this.#rate) this.#rate += (rate - this.#rate) * (1 - Math.exp(-since / FORGET));
    this.#isKnown = true;
  }
}
