import type { Leds } from "../desktop.ts";
import type { Connection } from "./connection.ts";
import { outInt } from "./structs.ts";
import { type XkbEvents, XkbEventType } from "./xkb.ts";

const { IndicatorStateNotify } = XkbEventType;

/** The keyboard's lights, which the X keyboard extension calls indicators. */
export class LedWatch {
  readonly #connection: Connection;
  readonly #events: XkbEvents;
  #leds: Leds | undefined;

  constructor(connection: Connection, events: XkbEvents) {
    this.#connection = connection;
    this.#events = events;
  }

  /** As they were when last told of; `undefined` until they are first watched. */
  get leds(): Leds | undefined {
    return this.#leds;
  }

  start(notify: () => void): void {
    if (!this.#events.isAvailable) return;
    this.#events.start(IndicatorStateNotify, () => {
      if (this.#read()) notify();
    });
    this.#read();
  }

  stop(): void {
    this.#events.stop(IndicatorStateNotify);
  }

  /** Asks the server; whether they were others before. Which number a light has, keycodes differ in. */
  #read(): boolean {
    const before = this.#leds;
    const leds = {
      capsLock: this.#isLit("Caps Lock"),
      numLock: this.#isLit("Num Lock"),
      scrollLock: this.#isLit("Scroll Lock"),
    };
    this.#leds = leds;
    return leds.capsLock !== before?.capsLock || leds.numLock !== before.numLock ||
      leds.scrollLock !== before.scrollLock;
  }

  #isLit(name: string): boolean {
    const { display, libraries: { x11 } } = this.#connection;
    const state = outInt();
    // Leaves the state alone where there is no such light.
    x11.XkbGetNamedIndicator(display, this.#connection.atom(name), null, state, null, null);
    return state[0] !== 0;
  }
}
