import { Region } from "./region.ts";

/** So many searches in a row that found nothing are enough. */
const PATIENCE = 8;

/** Then one in so many is still done. */
const INTERVAL = 8;

/**
 * Remembers where searches were in vain: where a video plays, each frame would be searched for moves
 * that aren't there. What changes elsewhere is always searched, and in the place itself one frame in
 * eight, so that of a page that scrolls where a video was no more than seven frames are missed.
 */
export class VainSearch {
  #place = Region.empty;
  #times = 0;

  /** Whether to leave out a search of a region. */
  shouldSkip(region: Region): boolean {
    if (this.#times < PATIENCE || !this.#holds(region)) return false;
    return ++this.#times % INTERVAL > 0;
  }

  /** A search of a region has found nothing. */
  wasVain(region: Region): void {
    if (this.#holds(region)) {
      this.#times++;
    } else {
      this.#place = region;
      this.#times = 1;
    }
  }

  /** A search has found something. */
  succeeded(): void {
    this.#times = 0;
  }

  #holds(region: Region): boolean {
    return region.subtract(this.#place).isEmpty;
  }
}
