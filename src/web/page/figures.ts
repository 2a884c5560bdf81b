/** Milliseconds over which rates are taken. */
const WINDOW = 2000;

/** How a connection does. */
export interface Figures {
  readonly framesPerSecond: number;
  readonly bitsPerSecond: number;
  /** Milliseconds; undefined while nothing was measured. */
  readonly latency: number | undefined;
  /** Which encoding most pixels came in, lately. */
  readonly encoding: string | undefined;
}

/** Counts what comes in over the last two seconds. Times are milliseconds that only grow. */
export class Meter {
  readonly #frames = new Recent<ReadonlyMap<string, number>>();
  readonly #bytes = new Recent<number>();
  #latency: number | undefined;
  #encoding: string | undefined;

  /** @param pixels How many came in which encoding. */
  addFrame(at: number, pixels: ReadonlyMap<string, number>): void {
    this.#frames.add(at, pixels);
  }

  addBytes(at: number, count: number): void {
    this.#bytes.add(at, count);
  }

  addRoundTrip(milliseconds: number): void {
    this.#latency = milliseconds;
  }

  /** Another connection begins. */
  reset(): void {
    this.#frames.clear();
    this.#bytes.clear();
    this.#latency = undefined;
    this.#encoding = undefined;
  }

  figures(now: number): Figures {
    const frames = this.#frames.since(now - WINDOW);
    const bytes = this.#bytes.since(now - WINDOW).reduce((sum, count) => sum + count, 0);
    // A picture that stands still keeps the name of what it came in.
    this.#encoding = mostOf(frames) ?? this.#encoding;
    return {
      framesPerSecond: frames.length * 1000 / WINDOW,
      bitsPerSecond: 8 * bytes * 1000 / WINDOW,
      latency: this.#latency,
      encoding: this.#encoding,
    };
  }
}

/** Values with their times. */
class Recent<Value> {
  #values: { readonly at: number; readonly value: Value }[] = [];

  add(at: number, value: Value): void {
    // Nobody may ask for a long time.
    const oldest = this.#values[0];
    if (oldest !== undefined && oldest.at <= at - 2 * WINDOW) this.since(at - WINDOW);
    this.#values.push({ at, value });
  }

  clear(): void {
    this.#values = [];
  }

  /** Those later than that; forgets the others. */
  since(time: number): Value[] {
    this.#values = this.#values.filter(({ at }) => at > time);
    return this.#values.map(({ value }) => value);
  }
}

function mostOf(frames: readonly ReadonlyMap<string, number>[]): string | undefined {
  const sums = new Map<string, number>();
  for (const frame of frames) {
    for (const [name, pixels] of frame) sums.set(name, (sums.get(name) ?? 0) + pixels);
  }
  return [...sums].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** "0.4 ms", "23 ms" */
export function latencyText(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
}

/** "0 kbit/s", "840 kbit/s", "12.5 Mbit/s" */
export function bandwidthText(bitsPerSecond: number): string {
  const kilo = bitsPerSecond / 1e3;
  return kilo < 1000 ? `${kilo.toFixed(0)} kbit/s` : `${(kilo / 1e3).toFixed(1)} Mbit/s`;
}
