import { placeOf } from "../rfb/addresses.ts";
import type { Connection } from "../rfb/connection.ts";

/**
 * Milliseconds from a connection to a browser's first word, besides what the line takes: it has to wake up
 * and, for TLS, to make keys.
 */
const BROWSER_TIME = 10;

/** Where nobody knows how long the line takes, in milliseconds. */
const UNKNOWN_LINE = 100;

/** Milliseconds for which viewers are kept waiting at most. */
const LONGEST = 1000;

/** Places that are remembered; of more than these, the one that is longest out of use is forgotten. */
const CAPACITY = 1000;

/** Finds the round-trip time to a connection's peer, in milliseconds; undefined where it isn't known. */
export type RoundTripOf = (connection: Connection) => number | undefined;

/**
 * How long to wait for a browser's first word, before who says nothing is taken for a viewer. A browser
 * speaks as soon as it's connected: its word comes right behind the last packet of TCP's handshake, later
 * only by what the line varies, which is less than the round-trip time. Only a tunnel keeps it longer, as
 * it connects at one end when the browser has at the other: how long is remembered.
 */
export class Patience {
  readonly #roundTripOf: RoundTripOf;
  /** The slowest first word of a browser from each place; the one longest out of use first. */
  readonly #slowest = new Map<string, number>();

  constructor(roundTripOf: RoundTripOf) {
    this.#roundTripOf = roundTripOf;
  }

  /** For how many milliseconds to wait for a peer's first word. */
  timeFor(connection: Connection): number {
    const roundTrip = this.#roundTripOf(connection) ?? UNKNOWN_LINE;
    const usual = BROWSER_TIME + roundTrip;
    const slowest = this.#slowest.get(placeOf(connection)) ?? 0;
    return Math.min(Math.max(usual, 1.5 * slowest), LONGEST);
  }

  /** A browser's first word has come, so many milliseconds after it was connected. */
  learn(connection: Connection, milliseconds: number): void {
    const place = placeOf(connection);
    const slowest = Math.max(milliseconds, this.#slowest.get(place) ?? 0);
    this.#slowest.delete(place);
    this.#slowest.set(place, slowest);
    if (this.#slowest.size <= CAPACITY) return;
    const [oldest] = this.#slowest.keys();
    this.#slowest.delete(oldest!);
  }
}
