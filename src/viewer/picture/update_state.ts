import { type Move, moveSource } from "../../frame/move.ts";
import { areaOf, intersect, type Rect } from "../../frame/rect.ts";
import { Region } from "../../frame/region.ts";
import { LossyAreas } from "./lossy_areas.ts";
import { portion } from "./portion.ts";

/** More moves than this in a row are cheaper sent as pixels. */
const MAX_MOVES = 64;

/** Pieces of one move, at most, where the viewer has only a part of its source. */
const MAX_PIECES = 8;

/**
 * Rectangles of a region, at most: small changes here and there would otherwise add up without end
 * for a viewer that takes nothing. Cut up for encoders that take 128 pixels at once, so many fit
 * into the 65535 that an update can hold, on screens of up to 16384 pixels across.
 */
const MAX_RECTS = 500;

/** The same for what was asked for, which costs something with every request. */
const MAX_REQUESTED = 16;

/** What the next FramebufferUpdate is to bring. */
export interface UpdatePlan {
  /** To be copied by the viewer, in this order, before any pixels arrive. */
  readonly moves: readonly Move[];
  /** The pixels to send. */
  readonly region: Region;
  /** Further pixels, which the viewer has had inexactly and is to get exactly now. */
  readonly refresh: Region;
  /** The part of the pixels that the viewer lacks that `region` is. */
  readonly share: number;
}

/** How much an update may bring; what is left comes with the next ones. */
export interface UpdateLimits {
  /** Whether there is something else to send with it, so that it may bring no pixels. */
  readonly always?: boolean;
  /** Pixels of the region, about; undefined: all. */
  readonly pixels?: number;
  /** Pixels that may be sent exactly again. */
  readonly refreshPixels?: number;
}

/**
 * What one viewer still needs, and what it asked for.
 *
 * Pixels are never queued: a change only adds to `needed`, and an update takes from it whatever is
 * current when it is sent. The viewer's picture is thus always some older frame outside `needed`,
 * which is what makes moves exact: one is used only where all of its source is known to be there.
 */
export class UpdateState {
  /** The viewer's framebuffer. */
  #bounds: Rect = { x: 0, y: 0, width: 0, height: 0 };
  /** What the viewer doesn't have. */
  #needed = Region.empty;
  /** Whether it asked for an update since the last one, and for which pixels: none, perhaps. */
  #wanted = false;
  #requested = Region.empty;
  /** Whether it asked for all of them, changed or not: some take one such update for a picture. */
  #wantedWhole = false;
  /** The area of which it gets updates without asking. */
  #continuous: Rect | undefined;
  /** Where the last update ended that could not bring everything. */
  #resumeRow = 0;
  /** Where its picture is not exact. */
  readonly lossy = new LossyAreas();
  /** Moves that it hasn't made; its picture outside `needed` is right once they are made. */
  #moves: Move[] = [];
  /** What the update on its way brings; when each part is encoded isn't known here. */
  #inFlight = Region.empty;

  /** Whether the viewer waits for an update. */
  get wanted(): boolean {
    return this.#wanted || this.#continuous !== undefined;
  }

  /** The viewer's framebuffer, as `resize` set it last. */
  get bounds(): Rect {
    return this.#bounds;
  }

  /** The viewer has a new, empty framebuffer; what it asked for was for the old one. */
  resize(bounds: Rect): void {
    this.#bounds = bounds;
    this.#answered();
    this.invalidate();
  }

  /** Another picture altogether. */
  invalidate(): void {
    this.#moves = [];
    this.#needed = Region.of(this.#bounds);
    this.lossy.clear();
  }

  /**
   * EnableContinuousUpdates: from now on the area's updates need no request.
   * @param area Undefined ends it.
   */
  setContinuous(area: Rect | undefined): void {
    this.#continuous = area;
  }

  /**
   * A FramebufferUpdateRequest (RFC 6143 §7.5.3); an area outside the framebuffer is cropped. Where
   * updates come without one, there is no need for an incremental one.
   */
  request(incremental: boolean, rect: Rect): void {
    if (incremental && this.#continuous !== undefined) return;
    const area = Region.of(intersect(rect, this.#bounds));
    this.#wanted = true;
    this.#requested = this.#bounded(this.#requested.union(area), MAX_REQUESTED);
    if (incremental) return;
    this.#wantedWhole = true;
    // The viewer lost the area: nothing may be copied into it, nor out of it.
    this.dropMoves();
    this.#needed = this.#bounded(this.#needed.union(area));
  }

  /**
   * A new frame: the pixels of `changed` differ from the frame before, and those of `moves` came
   * from elsewhere in it.
   * @param copies Whether the viewer understands CopyRect.
   */
  frameChanged(changed: Region, moves: readonly Move[], copies: boolean): void {
    for (const move of moves) {
      const pieces = copies ? this.#movable(move) : [];
      this.#moves.push(...pieces);
      this.#needed = this.#needed.union(Region.of(move.to)).subtract(targetsOf(pieces));
    }
    if (this.#moves.length > MAX_MOVES) this.dropMoves();
    this.#needed = this.#bounded(this.#needed.union(changed));
  }

  /** The pieces of a move whose source the viewer has, in an order in which none spoils another's. */
  #movable({ to, dx, dy }: Move): Move[] {
    const bounds = Region.of(this.#bounds);
    const lacking = this.#needed.union(this.#inFlight);
    const sources = Region.of(moveSource({ to, dx, dy })).intersect(bounds).subtract(lacking);
    const targets = sources.translate(dx, dy).intersect(bounds).rects;
    return targets.toSorted((a, b) => areaOf(b) - areaOf(a))
      .slice(0, MAX_PIECES)
      // Those in front go first: what they leave, those behind may overwrite.
      .sort((a, b) => (b.y - a.y) * Math.sign(dy) || (b.x - a.x) * Math.sign(dx))
      .map((piece) => ({ to: piece, dx, dy }));
  }

  /** Has the moves' targets sent as pixels instead: the viewer may take no copies any more. */
  dropMoves(): void {
    this.#needed = this.#needed.union(targetsOf(this.#moves));
    this.#moves = [];
  }

  /**
   * Takes the next update out of the state; until `sent` it is in flight.
   * @returns Undefined when the viewer asked for nothing, or for nothing that has changed.
   */
  next(limits: UpdateLimits = {}): UpdatePlan | undefined {
    if (!this.wanted) return undefined;
    const requested = this.#requestedNow();
    if (!targetsOf(this.#moves).subtract(requested).isEmpty) this.dropMoves();
    const moves = this.#moves;
    const lacking = this.#needed.intersect(requested);
    const region = this.#portionOf(lacking, limits);
    const stale = this.lossy.settled.intersect(requested).subtract(this.#needed);
    const { refreshPixels = 0 } = limits;
    const refresh = refreshPixels > 0 ? portion(stale, refreshPixels, 0).region : Region.empty;
    const isEmpty = region.isEmpty && refresh.isEmpty && moves.length === 0;
    if (isEmpty && !limits.always) return undefined;
    this.#moves = [];
    for (const move of moves) this.lossy.moved(move);
    this.#needed = this.#needed.subtract(region);
    this.#answered();
    this.#inFlight = region.union(refresh);
    const share = lacking.isEmpty ? 1 : Math.min(1, region.area / lacking.area);
    return { moves, region, refresh, share };
  }

  #requestedNow(): Region {
    if (this.#continuous === undefined) return this.#requested;
    return this.#requested.union(Region.of(intersect(this.#continuous, this.#bounds)));
  }

  /** What of a region an update brings. */
  #portionOf(region: Region, { pixels }: UpdateLimits): Region {
    const bounded = this.#bounded(region);
    if (this.#wantedWhole || pixels === undefined) return bounded;
    const { region: part, nextRow } = portion(bounded, pixels, this.#resumeRow);
    this.#resumeRow = nextRow;
    return part;
  }

  /** The update that was taken last is encoded as a whole, in these rectangles. */
  sent(lossy: readonly Rect[] = [], exact: readonly Rect[] = []): void {
    this.#inFlight = Region.empty;
    this.lossy.sent(lossy, exact);
  }

  /** A region that is no burden, inside of the framebuffer; it may hold some pixels more. */
  #bounded(region: Region, maxRects = MAX_RECTS): Region {
    return region.simplified(maxRects).intersect(Region.of(this.#bounds));
  }

  /** One update answers all that was asked for until then (RFC 6143 §7.6.1). */
  #answered(): void {
    this.#wanted = false;
    this.#wantedWhole = false;
    this.#requested = Region.empty;
  }
}

/** The pixels that moves bring. */
function targetsOf(moves: readonly Move[]): Region {
  return Region.of(...moves.map(({ to }) => to));
}
