import type { Delivery } from "./congestion.ts";

/**
 * The qualities below the one asked for, each of which makes photos about 0.7 times as large as the
 * next. The same for all viewers, so that those with equal ones share what is encoded.
 */
const LEVELS = [20, 35, 55, 70, 80, 90];
const LEVEL_RATIO = 0.7;

/** How far below the quality asked for the next level is at least. */
const MIN_STEP = 5;

/** Milliseconds that an update may keep the line: more would be less than 10 updates a second. */
const SLOW = 100;

/** Milliseconds that an update may take for the next level to be within reach of it. */
const FAST = SLOW * LEVEL_RATIO * LEVEL_RATIO;

/** Milliseconds without an update slower than that before the next level is tried. */
const RISE_INTERVAL = 1000;

/**
 * Chooses the JPEG quality for a viewer's line, never above what the viewer asked for: it falls at
 * the first update that takes too long, as far as that needs, and rises step by step.
 *
 * @example
 * ```ts
 * const control = new QualityControl(80);
 * const settings = { ...wishes.settings, quality: control.quality };
 * // When the line has delivered an update that had something lossy in it:
 * control.delivered(delivery, performance.now());
 * ```
 */
export class QualityControl {
  readonly #levels: readonly number[];
  #level: number;
  #changed = -Infinity;
  #slow = -Infinity;

  /** @param asked What the viewer asked for, 1 to 100. */
  constructor(asked: number) {
    this.#levels = [...LEVELS.filter((level) => level <= asked - MIN_STEP), asked];
    this.#level = this.#levels.length - 1;
  }

  /** For the next update. */
  get quality(): number {
    return this.#levels[this.#level]!;
  }

  /** An update that held lossy rectangles, and perhaps others, has arrived. */
  delivered({ sent, time }: Pick<Delivery, "sent" | "time">, now: number): void {
    // What was sent before the last change says nothing of this level.
    if (sent < this.#changed) return;
    if (time > FAST) this.#slow = now;
    if (time > SLOW) {
      const excess = Math.log(SLOW / time) / Math.log(LEVEL_RATIO);
      this.#change(Math.max(0, this.#level - Math.ceil(excess)), now);
    } else if (
      now - Math.max(this.#slow, this.#changed) >= RISE_INTERVAL &&
      this.#level < this.#levels.length - 1
    ) {
      this.#change(this.#level + 1, now);
    }
  }

  #change(level: number, now: number): void {
    if (level === this.#level) return;
    this.#level = level;
    this.#changed = now;
  }
}
