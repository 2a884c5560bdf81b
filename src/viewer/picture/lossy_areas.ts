import type { Move } from "../../frame/move.ts";
import { moveSource } from "../../frame/move.ts";
import type { Rect } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";

/** More rectangles than this are too many; a few pixels more do no harm. */
const MAX_RECTS = 100;

/**
 * Where a viewer's picture is not exact, since JPEG or the like brought it there, and for how long it
 * has been like that: what changes all the time isn't worth sending exactly.
 */
export class LossyAreas {
  /** Sent since the last `tick`. */
  #fresh = Region.empty;
  /** Sent between the last two. */
  #settling = Region.empty;
  #settled = Region.empty;

  /** What was sent at least one full interval ago, and not since: to be sent exactly now. */
  get settled(): Region {
    return this.#settled;
  }

  /** Whether more may settle. */
  get unsettled(): boolean {
    return !this.#fresh.isEmpty || !this.#settling.isEmpty;
  }

  /** An interval is over. */
  tick(): void {
    this.#settled = this.#settled.union(this.#settling).simplified(MAX_RECTS);
    this.#settling = this.#fresh;
    this.#fresh = Region.empty;
  }

  /** An update has brought these rectangles. */
  sent(lossy: readonly Rect[], exact: readonly Rect[]): void {
    // Most viewers get everything exactly.
    if (lossy.length === 0 && !this.unsettled && this.#settled.isEmpty) return;
    const inexact = Region.of(...lossy);
    const all = inexact.union(Region.of(...exact));
    this.#settled = this.#settled.subtract(all);
    this.#settling = this.#settling.subtract(all);
    this.#fresh = this.#fresh.subtract(all).union(inexact).simplified(MAX_RECTS);
  }

  /** The viewer copies one part of its picture to another. */
  moved(move: Move): void {
    const copied = (region: Region) => {
      const from = region.intersect(Region.of(moveSource(move)));
      return region.subtract(Region.of(move.to)).union(from.translate(move.dx, move.dy))
        .simplified(MAX_RECTS);
    };
    this.#fresh = copied(this.#fresh);
    this.#settling = copied(this.#settling);
    this.#settled = copied(this.#settled);
  }

  /** The viewer has nothing any more. */
  clear(): void {
    this.#fresh = this.#settling = this.#settled = Region.empty;
  }
}
