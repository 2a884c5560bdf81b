/** Something of the desktop that Windows doesn't tell of by itself, so that it's looked at. */
export interface Part {
  /**
   * Looks whether something is new, and tells it. Called some 10 to 100 times a second, so it takes
   * microseconds when nothing is.
   * @returns Whether something was new: then the next look comes soon.
   */
  look(): boolean;
  /** Gives back what watching takes; `look` isn't called after it. */
  stop(): void;
}
