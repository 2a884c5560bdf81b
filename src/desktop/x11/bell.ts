import type { Connection } from "./connection.ts";
import { LITTLE_ENDIAN, outInt, XkbBellNotifyEvent } from "./structs.ts";

const USE_CORE_KEYBOARD = 0x100;
const BELL_NOTIFY = 8;
const BELL_NOTIFY_MASK = 1 << BELL_NOTIFY;

/** Hears the bell, through the X keyboard extension. */
export class Bell {
  readonly #connection: Connection;
  readonly #isAvailable: boolean;
  #notify: (() => void) | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { display, libraries: { x11 } } = connection;
    const eventType = outInt();
    this.#isAvailable =
      x11.XkbQueryExtension(display, outInt(), eventType, outInt(), outInt(), outInt()) !== 0;
    if (!this.#isAvailable) return;
    // All events of the extension are of one type.
    connection.on(eventType[0]!, (event) => {
      if (event.getInt32(XkbBellNotifyEvent.xkb_type, LITTLE_ENDIAN) === BELL_NOTIFY) {
        this.#notify?.();
      }
    });
  }

  start(notify: () => void): void {
    this.#notify = notify;
    this.#select(BELL_NOTIFY_MASK);
  }

  stop(): void {
    this.#notify = undefined;
    this.#select(0);
  }

  #select(mask: number): void {
    if (!this.#isAvailable) return;
    const { display, libraries: { x11 } } = this.#connection;
    x11.XkbSelectEvents(display, USE_CORE_KEYBOARD, BELL_NOTIFY_MASK, mask);
  }
}
