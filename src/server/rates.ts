/** How often something may happen. */
export interface Allowance {
  /** Times at once, after a rest. */
  readonly burst: number;
  /** Times in a second, on and on. */
  readonly perSecond: number;
}

/** Keys remembered; of more than these, the one that is longest out of use is forgotten. */
const CAPACITY = 4096;

/** How often something happens, by keys: a token bucket for each. */
export class Rates {
  readonly #now: () => number;
  /** The one that is longest out of use first. */
  readonly #buckets = new Map<string, { readonly tokens: number; readonly at: number }>();

  /** @param now Milliseconds that only grow. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Whether it may happen once more now; if so, it counts. */
  take(key: string, { burst, perSecond }: Allowance): boolean {
    const at = this.#now();
    const before = this.#buckets.get(key) ?? { tokens: burst, at };
    const tokens = Math.min(burst, before.tokens + (at - before.at) / 1000 * perSecond);
    const may = tokens >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: may ? tokens - 1 : tokens, at });
    if (this.#buckets.size > CAPACITY) {
      const [oldest] = this.#buckets.keys();
      this.#buckets.delete(oldest!);
    }
    return may;
  }
}
