import type { Position } from "../desktop.ts";
import type { Connection } from "./connection.ts";
import { Motion } from "./motion.ts";
import { queryPointer } from "./query_pointer.ts";

/** Milliseconds from one look at the pointer to the next, while it moves. */
const SHORTEST = 25;
/** And when it hasn't for a while. */
const LONGEST = 200;
/** And where the server tells when a mouse is moved: programs seldom put the pointer elsewhere. */
const RESTING = 1000;
/** And while things are drawn, of which the place of the pointer may be a part. */
const DRAWING = 100;

/**
 * Where the pointer is. The server tells nobody when a program puts it elsewhere (XWarpPointer makes
 * no XInput2 raw event either), and of a fast mouse it would tell a thousand times a second; so it's
 * asked, seldom at rest, and tells only that a rest is over.
 */
export class PointerWatch {
  readonly #connection: Connection;
  readonly #motion: Motion | undefined;
  #notify: (() => void) | undefined;
  #position: Position | undefined;
  /** From the last look to the next one; with `RESTING`, the server tells of motion. */
  #interval = SHORTEST;
  #lastLook = 0;
  /** Whether a viewer has put the pointer somewhere since the timer was set. */
  #isPut = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#motion = Motion.create(connection, () => this.#moves());
  }

  /** `undefined` until it is first watched. */
  get position(): Position | undefined {
    return this.#position;
  }

  start(notify: () => void): void {
    const { x, y } = queryPointer(this.#connection);
    this.#position = { x, y };
    this.#notify = notify;
    this.#schedule(SHORTEST);
  }

  stop(): void {
    this.#notify = undefined;
    clearTimeout(this.#timer);
    if (this.#interval === RESTING && this.#connection.isAlive) this.#motion!.select(false);
    this.#interval = SHORTEST;
  }

  /** The pointer is about to be put there by a viewer: the server needn't tell of that. */
  put(position: Position): void {
    this.#position = position;
    this.#isPut = true;
    if (this.#interval === RESTING) this.#schedule(LONGEST);
  }

  /** Something was drawn, so the pointer may have moved. */
  drawn(): void {
    const wait = Math.min(this.#interval, DRAWING);
    if (performance.now() - this.#lastLook >= wait) this.look();
  }

  /** Looks where the pointer is, and tells if that is elsewhere. */
  look(): void {
    if (this.#notify === undefined || !this.#connection.isAlive) return;
    const { x, y } = queryPointer(this.#connection);
    const isElsewhere = x !== this.#position?.x || y !== this.#position.y;
    this.#lastLook = performance.now();
    this.#schedule(isElsewhere ? SHORTEST : this.#nextInterval());
    if (!isElsewhere) return;
    this.#position = { x, y };
    this.#notify();
  }

  /** A mouse is moved: from now on it's asked where to. Some more notices may be on their way. */
  #moves(): void {
    if (this.#interval !== RESTING) return;
    this.#schedule(SHORTEST);
    this.look();
  }

  #nextInterval(): number {
    if (this.#isPut) {
      this.#isPut = false;
      return LONGEST;
    }
    const canRest = this.#interval >= LONGEST && this.#motion !== undefined;
    return canRest ? RESTING : Math.min(LONGEST, this.#interval * 2);
  }

  #schedule(interval: number): void {
    if ((interval === RESTING) !== (this.#interval === RESTING)) {
      this.#motion!.select(interval === RESTING);
    }
    this.#interval = interval;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.look();
      this.#connection.settle();
    }, interval);
  }
}
