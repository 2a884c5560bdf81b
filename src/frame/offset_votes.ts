import type { FramePair } from "./frame_pair.ts";
import { placeOf } from "./hash.ts";
import { LANDMARK_WIDTH, Landmarks } from "./landmarks.ts";
import { areaOf, type Rect } from "./rect.ts";

/** How far something moved, in pixels. */
export interface Offset {
  readonly dx: number;
  readonly dy: number;
}

/** Fewer landmarks that agree are chance. */
const MIN_VOTES = 3;

/** What looks the same in more places than this says nothing about where it came from. */
const MAX_ALIKE = 4;

const BUCKET_BITS = 12;

/** Distances within a framebuffer are less than this. */
const SPAN = 0x10000;

/**
 * Finds out how far things moved from one picture to the next: each landmark of the new picture that
 * is known from the old one votes for the way it went.
 *
 * Not all rows are looked at. Of the new picture it is every n-th, of the old one n in a row out of
 * n²: whatever the distance, there are rows of which both versions were seen.
 */
export class OffsetVotes {
  readonly #new = new Landmarks();
  readonly #old = new Landmarks();
  /** The new landmarks by their hashes: the last one of each bucket, and the one before each. */
  readonly #buckets = new Int16Array(1 << BUCKET_BITS);
  readonly #before = new Int16Array(this.#new.hashes.length);
  /**
   * The votes: a new landmark each, and the way it may have gone. Kept as integers, as all rectangles
   * are made from it: a single one with other numbers slows all that reads pixels down, some five times.
   */
  readonly #voters = new Int16Array(this.#new.hashes.length * MAX_ALIKE);
  readonly #dxs = new Int32Array(this.#voters.length);
  readonly #dys = new Int32Array(this.#voters.length);
  #count = 0;

  /**
   * Holds a new vote.
   * @returns False when hardly anything has changed that could vote.
   * @param areas Where to look.
   */
  hold(pair: FramePair, areas: readonly Rect[]): boolean {
    const { now, before } = pair;
    this.#count = 0;
    const step = rowStep(areas);
    this.#new.clear();
    for (const { x, y, width, height } of areas) {
      for (let row = y; row < y + height; row++) {
        if (row % step > 0) continue;
        const [start, end] = pair.changedSpan(row, x, x + width);
        if (start < end) this.#new.scan(now, row, Math.max(x, start - LANDMARK_WIDTH), end);
      }
    }
    if (this.#new.count < MIN_VOTES) return false;
    this.#old.clear();
    for (const { x, y, width, height } of areas) {
      for (let row = y; row < y + height; row++) {
        if (row % (step * step) < step) this.#old.scan(before, row, x, x + width);
      }
    }
    this.#sortNew();
    for (let i = 0; i < this.#old.count; i++) this.#vote(i);
    return true;
  }

  /** The way that most of the votes left are for; undefined when there are too few. */
  best(): Offset | undefined {
    const counts = new Map<number, number>();
    let best = -1;
    let most = MIN_VOTES - 1;
    for (let i = 0; i < this.#count; i++) {
      const way = this.#dys[i]! * 2 * SPAN + this.#dxs[i]!;
      const count = (counts.get(way) ?? 0) + 1;
      counts.set(way, count);
      if (count > most) [best, most] = [i, count];
    }
    return best < 0 ? undefined : { dx: this.#dxs[best]!, dy: this.#dys[best]! };
  }

  /** Drops the votes for an offset, and all votes of the landmarks that now are in `areas`. */
  drop({ dx, dy }: Offset, areas: readonly Rect[]): void {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const voter = this.#voters[i]!;
      if (this.#dxs[i] === dx && this.#dys[i] === dy) continue;
      if (isWithin(this.#new.xs[voter]!, this.#new.ys[voter]!, areas)) continue;
      this.#dxs[kept] = this.#dxs[i]!;
      this.#dys[kept] = this.#dys[i]!;
      this.#voters[kept++] = voter;
    }
    this.#count = kept;
  }

  #sortNew(): void {
    this.#buckets.fill(-1);
    for (let i = 0; i < this.#new.count; i++) {
      const bucket = placeOf(this.#new.hashes[i]!, BUCKET_BITS);
      this.#before[i] = this.#buckets[bucket]!;
      this.#buckets[bucket] = i;
    }
  }

  /** All new landmarks that look like an old one vote for having come from there, if they are few. */
  #vote(old: number): void {
    const hash = this.#old.hashes[old]!;
    const first = this.#count;
    for (let i = this.#buckets[placeOf(hash, BUCKET_BITS)]!; i >= 0; i = this.#before[i]!) {
      if (this.#new.hashes[i] !== hash) continue;
      const dx = this.#new.xs[i]! - this.#old.xs[old]!;
      const dy = this.#new.ys[i]! - this.#old.ys[old]!;
      if (dx === 0 && dy === 0) continue;
      if (this.#count === first + MAX_ALIKE) {
        this.#count = first;
        return;
      }
      this.#voters[this.#count] = i;
      this.#dxs[this.#count] = dx;
      this.#dys[this.#count++] = dy;
    }
  }
}

/**
 * The n of {@linkcode OffsetVotes}: large areas must not cost much, small ones have few rows. Primes, so
 * that n² has nothing in common with the height of a line of text, all rows would be blank ones else.
 */
function rowStep(areas: readonly Rect[]): number {
  const area = areas.reduce((sum, rect) => sum + areaOf(rect), 0);
  if (area <= 1 << 17) return 3;
  return area <= 1 << 19 ? 5 : 7;
}

function isWithin(x: number, y: number, areas: readonly Rect[]): boolean {
  return areas.some((area) =>
    x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height
  );
}
