import type { Carrier } from "./carrier.ts";

/**
 * What comes over a {@linkcode Carrier} and is unpacked by one of Node's modules, for whoever waits for
 * that: lets in the peer's bytes while somebody does, and knows how it ended.
 */
export class Incoming {
  readonly #carrier: Carrier;
  /** Why it ended, where that was not the peer's orderly end. */
  #failure: Error | undefined;
  #ended = false;
  #wake: () => void = () => {};

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  /** There is something for who waits. */
  arrived(): void {
    this.#wake();
  }

  /**
   * It's over, the first reason for that being the true one.
   * @param failure Left out at the peer's orderly end.
   */
  end(failure?: Error): void {
    if (!this.#ended) this.#failure = failure;
    this.#ended = true;
    this.#wake();
  }

  /**
   * Waits until more may be there. One at a time.
   * @returns Whether there can be; false at the peer's orderly end.
   * @throws What it ended by otherwise.
   */
  async more(): Promise<boolean> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#ended) return false;
    const changed = new Promise<void>((resolve) => this.#wake = resolve);
    this.#carrier.wanted = true;
    await changed;
    this.#carrier.wanted = false;
    return true;
  }
}
