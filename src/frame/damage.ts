import { FramePair } from "./frame_pair.ts";
import type { Framebuffer } from "./framebuffer.ts";
import { type Move, moveSource } from "./move.ts";
import { MoveFinder } from "./move_finder.ts";
import { inOrder, spoils } from "./move_order.ts";
import { contains, isEmpty } from "./rect.ts";
import { Region } from "./region.ts";

/** What a desktop's grab found. */
export interface DamageHint {
  /** Where the screen's pixels may differ from those of the grab before. */
  readonly region: Region;
  /** Areas known to have moved since the grab before; hints, which {@linkcode DamageTracker} verifies. */
  readonly moves: readonly Move[];
}

/** How one frame differs from the one before: first the moves, in order, then new pixels. */
export interface Damage {
  /** Covers every pixel that differs once the moves are done. */
  readonly changed: Region;
  /** True for every pixel. No source holds a pixel of an earlier move's destination. */
  readonly moves: readonly Move[];
}

/**
 * Keeps the frame that viewers are sent and finds out what really changed on the screen: the
 * platform's hints say where to look, comparing pixels says what is different.
 */
export class DamageTracker {
  #pair: FramePair;
  readonly #finder = new MoveFinder();

  /** @param screen The frame begins as a copy of it. */
  constructor(screen: Framebuffer) {
    this.#pair = new FramePair(screen);
  }

  /** The screen as of the last update, every word `0x00RRGGBB`; another one after a resize. */
  get frame(): Framebuffer {
    return this.#pair.before;
  }

  /**
   * Brings `frame` up to date with `screen`, within the hinted region and the hinted moves. If the
   * screen has another size, there is a new frame and all of it has changed.
   */
  update(screen: Framebuffer, hint: DamageHint): Damage {
    const { frame } = this;
    if (screen.width !== frame.width || screen.height !== frame.height) {
      this.#pair = new FramePair(screen);
      return { changed: Region.of(screen.bounds), moves: [] };
    }
    const region = hint.region.intersect(Region.of(screen.bounds));
    const hinted = hint.moves.filter(({ to }) => contains(screen.bounds, to));
    for (const area of region.rects) this.#pair.load(screen, area);
    for (const { to } of hinted) this.#pair.load(screen, to);
    const moves = this.#apply(this.#trueMoves(hinted, region));
    const areas = region.subtract(Region.of(...moves.map(({ to }) => to))).rects;
    for (const area of areas) this.#pair.update(area);
    return { changed: this.#pair.takeChanges(areas), moves };
  }

  /** The hinted moves that are true, or else those that can be found. */
  #trueMoves(hinted: readonly Move[], region: Region): readonly Move[] {
    const moves = hinted.filter((move) => isTrue(move, this.#pair));
    return moves.length > 0 ? moves : this.#finder.find(this.#pair, region);
  }

  /** Does moves in the frame, as a viewer will, but for those whose source is gone by then. */
  #apply(moves: readonly Move[]): Move[] {
    const applied: Move[] = [];
    for (const move of inOrder(moves)) {
      if (applied.some((earlier) => spoils(earlier, move))) continue;
      copyWithin(this.frame, move);
      applied.push(move);
    }
    return applied;
  }
}

/** Whether a move takes place within the frame, brings what is on the screen now, and isn't idle. */
function isTrue(move: Move, pair: FramePair): boolean {
  const source = moveSource(move);
  return !isEmpty(move.to) && contains(pair.before.bounds, source) &&
    pair.isSame(move.to, source) && !pair.isSame(move.to, move.to);
}

/** Does a move in a picture, as CopyRect does: also where its source and target overlap. */
function copyWithin({ pixels, stride }: Framebuffer, { to, dx, dy }: Move): void {
  const { x, y, width, height } = to;
  for (let i = 0; i < height; i++) {
    const row = dy > 0 ? y + height - 1 - i : y + i;
    const source = (row - dy) * stride + x - dx;
    pixels.copyWithin(row * stride + x, source, source + width);
  }
}
