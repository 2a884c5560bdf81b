import type { Cursor, Position } from "../../desktop/desktop.ts";
import { NO_MOTION } from "../../rfb/pointer_event.ts";

/** What a viewer's PointerEvents say: where the pointer is, or how far it was moved. */
export type Motion = "absolute" | "relative";

/** Times in a row that the pointer must be put back to the same place. */
const MANY = 3;

/** The largest motion in pixels; more than that is a position. */
const MAX_MOTION = 0x3fff;

/**
 * Whether one viewer's PointerEvents say positions or motions, where it can do both (QEMU Pointer
 * Motion Change).
 *
 * Games want motions: they hide the pointer, and put it back to one place again and again while it is
 * moved. That is how they are known, and it ends when the pointer is shown again.
 */
export class PointerMotion {
  readonly #changed: (motion: Motion) => void;
  #motion: Motion = "absolute";
  /** Whether it ever was "relative". */
  #mayBeRelative = false;
  /** Whether the viewer has moved the pointer since it was put back. */
  #moved = false;
  #place: Position | undefined;
  #times = 0;

  /** @param changed Told what the viewer is to send from now on. */
  constructor(changed: (motion: Motion) => void) {
    this.#changed = changed;
  }

  /**
   * The viewer has sent a PointerEvent.
   * @returns How far it moves the pointer; undefined for one that says where to. Both kinds come for a
   * while after a change from one to the other, but no screen is so large that a position in it could
   * be a motion.
   */
  received({ x, y }: Position): { dx: number; dy: number } | undefined {
    this.#moved = true;
    const [dx, dy] = [x - NO_MOTION, y - NO_MOTION];
    const isMotion = Math.abs(dx) <= MAX_MOTION && Math.abs(dy) <= MAX_MOTION;
    return this.#mayBeRelative && isMotion ? { dx, dy } : undefined;
  }

  /** The desktop has put the pointer somewhere. */
  warped(place: Position | undefined, cursor: Cursor | undefined): void {
    if (!this.#moved || isVisible(cursor)) return;
    this.#moved = false;
    const again = place?.x === this.#place?.x && place?.y === this.#place?.y;
    this.#times = again ? this.#times + 1 : 1;
    this.#place = place;
    if (this.#times === MANY) this.#set("relative");
  }

  cursorChanged(cursor: Cursor | undefined): void {
    if (!isVisible(cursor)) return;
    this.#times = 0;
    this.#set("absolute");
  }

  #set(motion: Motion): void {
    if (motion === this.#motion) return;
    this.#motion = motion;
    this.#mayBeRelative = true;
    this.#changed(motion);
  }
}

/** Whether there is a pointer to be seen; nobody knows of one without a picture. */
function isVisible(cursor: Cursor | undefined): boolean {
  return cursor === undefined || cursor.pixels.some((pixel) => pixel >>> 24 !== 0);
}
