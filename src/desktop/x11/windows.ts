import type { Rect } from "../../frame/rect.ts";
import type { Connection } from "./connection.ts";
import type { DamageSource } from "./damage.ts";
import { LITTLE_ENDIAN, XConfigureEvent } from "./structs.ts";

const CREATE_NOTIFY = 16;
const DESTROY_NOTIFY = 17;
const UNMAP_NOTIFY = 18;
const MAP_NOTIFY = 19;
const REPARENT_NOTIFY = 21;
const GRAVITY_NOTIFY = 24;
const CIRCULATE_NOTIFY = 26;

/** Places that are told one by one; with more of them, it's anywhere. */
const MOST_PLACES = 32;

/**
 * Tells what windows cover or uncover that are moved, shown, hidden or put in another order. DAMAGE
 * doesn't tell all of that: not where there are windows that the server draws aside first, as those
 * with a backing store.
 *
 * It changes nothing but where a window was, and where it is now. The server tells only that, so what
 * it told before is kept; a window that it hasn't told of yet may have been anywhere.
 */
export class WindowDamage implements DamageSource {
  /** The children of the root window, with their borders, by their ids. */
  readonly #places = new Map<number, Rect>();
  /** What may have changed since the last `take`; `undefined` for anything. */
  #changed: Rect[] | undefined = [];
  #notify: (() => void) | undefined;

  /** Its owner has the server send the events, and gives it those of {@linkcode configured}. */
  constructor(connection: Connection) {
    connection.on(CREATE_NOTIFY, (event) => this.#places.set(idIn(event), placeIn(event)));
    // Before a window goes elsewhere, or for good, it is hidden.
    for (const type of [DESTROY_NOTIFY, REPARENT_NOTIFY, GRAVITY_NOTIFY]) {
      connection.on(type, (event) => this.#places.delete(idIn(event)));
    }
    for (const type of [UNMAP_NOTIFY, MAP_NOTIFY, CIRCULATE_NOTIFY]) {
      connection.on(type, (event) => this.#changes(this.#places.get(idIn(event))));
    }
  }

  start(notify: () => void): void {
    this.#places.clear();
    this.#changed = [];
    this.#notify = notify;
  }

  stop(): void {
    this.#notify = undefined;
  }

  take(): readonly Rect[] | undefined {
    const changed = this.#changed;
    this.#changed = [];
    return changed;
  }

  /** ConfigureNotify of a child of the root window. */
  configured(event: DataView): void {
    const id = idIn(event);
    const before = this.#places.get(id);
    const now = placeIn(event);
    this.#places.set(id, now);
    this.#changes(before, now);
  }

  #changes(...places: (Rect | undefined)[]): void {
    for (const place of places) {
      if (place === undefined || this.#changed?.length === MOST_PLACES) this.#changed = undefined;
      else this.#changed?.push(place);
    }
    this.#notify?.();
  }
}

function idIn(event: DataView): number {
  return event.getUint32(XConfigureEvent.window, LITTLE_ENDIAN);
}

/** The place of a window with its border, which lies around its width and height. */
function placeIn(event: DataView): Rect {
  const field = (offset: number) => event.getInt32(offset, LITTLE_ENDIAN);
  const border = 2 * field(XConfigureEvent.border_width);
  return {
    x: field(XConfigureEvent.x),
    y: field(XConfigureEvent.y),
    width: field(XConfigureEvent.width) + border,
    height: field(XConfigureEvent.height) + border,
  };
}
