import { type XkbEvents, XkbEventType } from "./xkb.ts";

/** Hears the bell, through the X keyboard extension. */
export class Bell {
  readonly #events: XkbEvents;

  constructor(events: XkbEvents) {
    this.#events = events;
  }

  start(notify: () => void): void {
    this.#events.start(XkbEventType.BellNotify, notify);
  }

  stop(): void {
    this.#events.stop(XkbEventType.BellNotify);
  }
}
