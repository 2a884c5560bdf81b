/** How hard repeated failures are answered. */
export interface Strictness {
  /** So many cost no time: people make typing errors. */
  readonly free: number;
  /** So many lock out. */
  readonly limit: number;
}

/** Quiet milliseconds for which one failure is forgiven. */
const FORGIVEN_IN = 20 * 60_000;

/** Milliseconds that the answer is held back: the first such pause, doubled by each more failure. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 8000;

/** Milliseconds for which somebody is locked out, likewise. */
const FIRST_LOCK = 10_000;
const LONGEST_LOCK = 15 * 60_000;

/** Failures over the limit that are counted: as many as make the lock longer. */
const MOST_OVER_LIMIT = 8;

interface Tally {
  /** Failures, less what was forgiven up to the last one. */
  count: number;
  /** When the last one was counted. */
  at: number;
  /** Until when it locks out; 0 for not at all. */
  lockedUntil: number;
}

/**
 * Failures by keys, in bounded memory: with too many keys the one with the fewest failures is
 * forgotten, the oldest of those. So whoever comes under ever more names or addresses makes room for
 * them with his own short tallies, and frees no key that has failed more often.
 */
export class Failures {
  readonly #strictness: Strictness;
  readonly #now: () => number;
  readonly #capacity: number;
  readonly #tallies = new Map<string, Tally>();

  /** @param now Milliseconds that only grow. */
  constructor(strictness: Strictness, now: () => number, capacity: number) {
    this.#strictness = strictness;
    this.#now = now;
    this.#capacity = capacity;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#tallies.size;
  }

  /** For how many milliseconds a key is locked out, 0 for not at all. */
  lockedFor(key: string): number {
    return Math.max(0, (this.#tallies.get(key)?.lockedUntil ?? 0) - this.#now());
  }

  /** How many milliseconds the next attempt has to wait. */
  pause(key: string): number {
    const over = Math.ceil(this.#countOf(this.#tallies.get(key))) - this.#strictness.free;
    return over < 0 ? 0 : Math.min(FIRST_PAUSE * 2 ** over, LONGEST_PAUSE);
  }

  /**
   * Counts a failure; a lock begins when its answer is given, after `pause` milliseconds.
   * @returns Until when it locks out, for {@linkcode remove}.
   */
  add(key: string, pause: number): number {
    const { limit } = this.#strictness;
    const at = this.#now();
    const before = this.#tallies.get(key);
    const count = Math.min(this.#countOf(before) + 1, limit + MOST_OVER_LIMIT);
    if (before === undefined && this.#tallies.size >= this.#capacity) this.#makeRoom();
    // Behind the others, as it is the newest now.
    this.#tallies.delete(key);
    const lock = lockAfter(count, limit);
    const lockedUntil = lock > 0 ? at + pause + lock : 0;
    this.#tallies.set(key, { count, at, lockedUntil });
    return lockedUntil;
  }

  /**
   * Takes back one failure that turned out to be none, and the lock that came of it; one that others
   * have brought about meanwhile stays, unless they would not have without this one.
   * @param lockedUntil What {@linkcode add} has returned for it.
   */
  remove(key: string, lockedUntil: number): void {
    const tally = this.#tallies.get(key);
    if (tally === undefined) return;
    tally.count--;
    const isItsOwn = tally.lockedUntil === lockedUntil;
    if (isItsOwn || lockAfter(tally.count, this.#strictness.limit) === 0) tally.lockedUntil = 0;
    if (tally.count <= 0) this.#tallies.delete(key);
  }

  /** Forgets all failures of a key. */
  forgive(key: string): void {
    this.#tallies.delete(key);
  }

  #countOf(tally: Tally | undefined, now = this.#now()): number {
    if (tally === undefined) return 0;
    // While it's locked out it can't help being quiet.
    const quiet = Math.max(0, now - Math.max(tally.at, tally.lockedUntil));
    return Math.max(0, tally.count - quiet / FORGIVEN_IN);
  }

  #makeRoom(): void {
    let fewest: string | undefined;
    let least = Infinity;
    const now = this.#now();
    for (const [key, tally] of this.#tallies) {
      const count = this.#countOf(tally, now);
      if (count === 0) {
        this.#tallies.delete(key);
      } else if (Math.ceil(count) < least) {
        least = Math.ceil(count);
        fewest = key;
      }
    }
    if (this.#tallies.size >= this.#capacity) this.#tallies.delete(fewest!);
  }
}

function lockAfter(count: number, limit: number): number {
  const over = Math.ceil(count) - limit;
  return over < 0 ? 0 : Math.min(FIRST_LOCK * 2 ** over, LONGEST_LOCK);
}
