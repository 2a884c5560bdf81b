import type { Connection, EventHandler } from "./connection.ts";
import { LITTLE_ENDIAN, outInt, XkbAnyEvent } from "./structs.ts";

export const USE_CORE_KEYBOARD = 0x100;

/** The X keyboard extension's own kinds of events. */
export const XkbEventType = { IndicatorStateNotify: 4, BellNotify: 8 } as const;

/** The events of the X keyboard extension, which are all of one type for Xlib. */
export class XkbEvents {
  readonly isAvailable: boolean;
  readonly #connection: Connection;
  readonly #handlers = new Map<number, EventHandler>();

  constructor(connection: Connection) {
    this.#connection = connection;
    const { display, libraries: { x11 } } = connection;
    const eventType = outInt();
    this.isAvailable =
      x11.XkbQueryExtension(display, outInt(), eventType, outInt(), outInt(), outInt()) !== 0;
    if (!this.isAvailable) return;
    connection.on(eventType[0]!, (event) => {
      this.#handlers.get(event.getInt32(XkbAnyEvent.xkb_type, LITTLE_ENDIAN))?.(event);
    });
  }

  /** Hears of the core keyboard's events of a kind, instead of nobody or the handler before. */
  start(type: number, handler: EventHandler): void {
    this.#handlers.set(type, handler);
    this.#select(type, true);
  }

  stop(type: number): void {
    this.#handlers.delete(type);
    this.#select(type, false);
  }

  #select(type: number, wanted: boolean): void {
    if (!this.isAvailable) return;
    const { display, libraries: { x11 } } = this.#connection;
    x11.XkbSelectEvents(display, USE_CORE_KEYBOARD, 1 << type, wanted ? 1 << type : 0);
  }
}
