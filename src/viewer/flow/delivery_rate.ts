/** Milliseconds that a measured time may be wrong by: the event loops at both ends are that coarse. */
const GRAIN = 5;

/** Milliseconds of unbroken delivery that tell the rate; shorter ones tell how much it is at least. */
const SPAN = 50;

/** Milliseconds in which the estimate follows a line that has become slower (by 63 %). */
const FORGET = 150;

/** How fast a viewer takes bytes: line, reading and decoding together. */
export class DeliveryRate {
  #rate = 0;

  /** Bytes per millisecond; 0 as long as nothing is known. */
  get rate(): number {
    return this.#rate;
  }

  /**
   * Something was delivered.
   * @param bytes How many.
   * @param time In how many milliseconds.
   * @param busy Whether the line had something to deliver all the time.
   * @param since Milliseconds since the delivery before, as such spans may overlap.
   */
  delivered(bytes: number, time: number, busy: boolean, since: number): void {
    const sample = bytes / Math.max(time, GRAIN);
    if (this.#rate === 0) {
      this.#rate = sample;
    } else if (sample > this.#rate) {
      this.#rate += (sample - this.#rate) / 2;
    } else if (busy && time >= SPAN) {
      this.#rate += (sample - this.#rate) * (1 - Math.exp(-since / FORGET));
    }
  }
}
