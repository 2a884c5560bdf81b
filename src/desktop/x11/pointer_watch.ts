import type { Position } from "../desktop.ts";
import type { Connection } from "./connection.ts";
import { queryPointer } from "./query_pointer.ts";

/** Milliseconds from one look at the pointer to the next, while it moves or things are drawn. */
const SHORTEST = 25;
/** And when nothing has happened for a while. */
const LONGEST = 200;

/**
 * Where the pointer is. The server tells nobody when a program puts it elsewhere (XWarpPointer makes
 * no XInput2 raw event either), and of a fast mouse it would tell a thousand times a second; so it's
 * asked, seldom at rest.
 */
export class PointerWatch {
  readonly #connection: Connection;
  #notify: (() => void) | undefined;
  #position: Position | undefined;
  #interval = SHORTEST;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `undefined` until it is first watched. */
  get position(): Position | undefined {
    return this.#position;
  }

  start(notify: () => void): void {
    const { x, y } = queryPointer(this.#connection);
    this.#position = { x, y };
    this.#notify = notify;
    this.#schedule();
  }

  stop(): void {
    this.#notify = undefined;
    clearTimeout(this.#timer);
    this.#interval = SHORTEST;
  }

  /** The pointer was put there by a viewer. */
  put(position: Position): void {
    this.#position = position;
  }

  /** Something happens on the screen, so the pointer may be moving. */
  hurry(): void {
    if (this.#notify === undefined || this.#interval === SHORTEST) return;
    this.#interval = SHORTEST;
    this.#schedule();
  }

  /** Looks where the pointer is, and tells if that is elsewhere. */
  look(): void {
    if (this.#notify === undefined || !this.#connection.isAlive) return;
    const { x, y } = queryPointer(this.#connection);
    const isElsewhere = x !== this.#position?.x || y !== this.#position.y;
    this.#interval = isElsewhere ? SHORTEST : Math.min(LONGEST, this.#interval * 2);
    this.#schedule();
    if (!isElsewhere) return;
    this.#position = { x, y };
    this.#notify();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.look();
      this.#connection.settle();
    }, this.#interval);
  }
}
