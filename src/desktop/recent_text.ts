/** Milliseconds within which the same text again is an echo, and not somebody who copies it again. */
const MOMENT = 1000;

/**
 * Knows a clipboard's text that comes again within moments: offered as two selections, taken over
 * by a clipboard manager, or sent back by a viewer.
 */
export class RecentText {
  readonly #now: () => number;
  #text: string | undefined;
  #since = 0;

  /** @param now Milliseconds from any start. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether it is the last text again, of moments ago; if not, it is the last text now. */
  isEcho(text: string): boolean {
    if (text === this.#text && this.#now() - this.#since < MOMENT) return true;
    this.remember(text);
    return false;
  }

  /** Makes it the last text. */
  remember(text: string): void {
    this.#text = text;
    this.#since = this.#now();
  }

  forget(): void {
    this.#text = undefined;
  }
}
