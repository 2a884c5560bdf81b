import type { FramePair } from "./frame_pair.ts";
import type { Move } from "./move.ts";
import { MovedCells } from "./moved_cells.ts";
import { OffsetVotes } from "./offset_votes.ts";
import { intersect, isEmpty, type Rect } from "./rect.ts";
import type { Region } from "./region.ts";
import { VainSearch } from "./vain_search.ts";

/** What changes less than this is sent as pixels at once: a typed letter, a blinking cursor. */
const MIN_AREA = 64 * 64;

/** Searching is done in few rectangles, as it takes rows of some width. */
const MAX_AREAS = 8;

/** Offsets that are tried: as many things may move in different ways at once. */
const MAX_OFFSETS = 4;

/**
 * Finds by content what moved on the screen: text that scrolled, a window that was dragged, several
 * at once, whatever the distance and direction, also where a part of it changed on the way.
 */
export class MoveFinder {
  readonly #votes = new OffsetVotes();
  readonly #vain = new VainSearch();

  /**
   * @param region Where the pair may differ.
   * @returns True moves, each relative to the old picture; those of one offset are disjoint.
   */
  find(pair: FramePair, region: Region): Move[] {
    if (region.area < MIN_AREA || this.#vain.shouldSkip(region)) return [];
    const areas = region.simplified(MAX_AREAS).rects.map((area) => intersect(area, pair.now.bounds))
      .filter((area) => !isEmpty(area));
    if (!this.#votes.hold(pair, areas)) return [];
    const moves = this.#movesOf(pair, areas);
    if (moves.length > 0) this.#vain.succeeded();
    else this.#vain.wasVain(region);
    return moves;
  }

  #movesOf(pair: FramePair, areas: readonly Rect[]): Move[] {
    let offset = this.#votes.best();
    if (offset === undefined) return [];
    const cells = new MovedCells(pair, areas);
    const moves: Move[] = [];
    for (let tried = 0; tried < MAX_OFFSETS && offset !== undefined; tried++) {
      const pieces = cells.take(offset);
      moves.push(...pieces);
      this.#votes.drop(offset, pieces.map(({ to }) => to));
      offset = this.#votes.best();
    }
    return moves;
  }
}
