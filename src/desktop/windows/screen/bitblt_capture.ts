import type { DamageHint } from "../../../frame/damage.ts";
import type { Framebuffer } from "../../../frame/framebuffer.ts";
import type { Rect } from "../../../frame/rect.ts";
import { Region } from "../../../frame/region.ts";
import type { Capture } from "./capture.ts";
import type { Libraries } from "../libraries.ts";
import { LookPlan } from "./look_plan.ts";
import { ScreenCopy } from "./screen_copy.ts";
import { differ, TileGrid } from "./tile_grid.ts";

/** Each copy takes a while, however small it is; so rather few that are larger than needed. */
const MAX_COPIES = 12;
/** Milliseconds for which pixels that were looked at are new enough to be shown. */
const FRESH = 5;

/** Copies the screen by GDI and compares: works everywhere, but nobody tells where to look. */
export class BitBltCapture implements Capture {
  readonly name = "BitBlt";
  readonly screen: Framebuffer;
  /** What was seen of the screen last; where it differs from `screen` is to be grabbed. */
  readonly #copy: ScreenCopy;
  readonly #grid: TileGrid;
  readonly #plan: LookPlan;
  /** The tiles that differ. */
  #found = new Set<number>();
  #lookedAt = -Infinity;

  /**
   * @param area The virtual screen.
   * @param screen Of its size.
   */
  constructor(libraries: Libraries, area: Rect, screen: Framebuffer) {
    this.screen = screen;
    this.#copy = new ScreenCopy(libraries, area);
    this.#grid = new TileGrid(this.screen.bounds);
    this.#plan = new LookPlan(this.#grid, performance.now());
  }

  look(near: readonly Rect[]): boolean {
    if (this.#found.size > 0) return false;
    const now = performance.now();
    this.#lookedAt = now;
    let tiles = this.#plan.due(now, near);
    // What changes together is often large: the circle widens for as long as more is found.
    for (let radius = 1; tiles.length > 0; radius *= 2) {
      this.#fetch(this.#grid.region(tiles));
      const changed = tiles.filter((tile) =>
        differ(this.#copy.pixels, this.screen, this.#grid.rect(tile))
      );
      for (const tile of changed) this.#found.add(tile);
      tiles = this.#plan.changed(changed, radius, now);
    }
    return this.#found.size > 0;
  }

  grab(isAll: boolean): DamageHint {
    const { bounds } = this.screen;
    const region = isAll ? Region.of(bounds) : this.#grid.region(this.#found);
    const isFresh = !isAll && performance.now() - this.#lookedAt < FRESH;
    if (!isFresh && !region.isEmpty) this.#fetch(region);
    for (const rect of region.rects) this.screen.copyFrom(this.#copy.pixels, rect);
    this.#found.clear();
    return { region, moves: [] };
  }

  hurry(): void {
    this.#plan.hurry(performance.now());
  }

  close(): void {
    this.#copy.close();
  }

  #fetch(region: Region): void {
    const whole = Region.of(this.screen.bounds);
    this.#copy.fetch(region.simplified(MAX_COPIES).intersect(whole).rects);
  }
}
