/** Deterministic random numbers (Marsaglia's 32-bit xorshift): the same seed, the same sequence. */
export class Random {
  #state: number;

  /** @param seed Any whole number but 0. */
  constructor(seed: number) {
    // Spread over all bits (Knuth's multiplicative hash): the first numbers of small seeds would be small.
    this.#state = Math.imul(seed, 0x9e3779b1);
  }

  /** 32 random bits. */
  bits(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return x >>> 0;
  }

  /** A whole number from 0 up to and excluding `limit`. */
  below(limit: number): number {
    return Math.floor(this.bits() / 2 ** 32 * limit);
  }
}
