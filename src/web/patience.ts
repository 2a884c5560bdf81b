import { placeOf } from "../rfb/addresses.ts";
import type { Connection } from "../rfb/connection.ts";

/**
 * Milliseconds from a connection to a browser's first word, besides what the line takes: it has to wake up
 * and, for TLS, to make keys. Chromium takes 12 at most on a machine with little to do.
 */
const BROWSER_TIME = 20;

/** The same for somebody's first time: a busy machine, or a browser just started, may take that long. */
const FIRST_TIME = 60;

/** Where nobody knows how long the line takes, in milliseconds. */
const UNKNOWN_LINE = 100;

/** Milliseconds for which viewers are kept waiting at most. */
const LONGEST = 1000;

/**
 * Milliseconds of a first word that are no use to learn from: browsers open connections to spare, on slow
 * lines above all, and speak when they need one, if nobody has greeted them meanwhile.
 */
const SPARE = 600;

/** Places that are remembered; of more than these, the one that is longest out of use is forgotten. */
const CAPACITY = 1000;

/** Finds the round-trip time to a connection's peer, in milliseconds; undefined where it isn't known. */
export type RoundTripOf = (connection: Connection) => number | undefined;

/**
 * How long to wait for a browser's first word, before who says nothing is taken for a viewer. A browser
 * speaks as soon as it's connected: its word comes right behind the last packet of TCP's handshake, later
 * only by what the line varies, which is less than the round-trip time. Only a tunnel keeps it longer, as
 * it connects at one end when the browser has at the other. A viewer waits for that in vain, so who has
 * come before waits less, and how long browsers took from a place is remembered.
 */
export class Patience {
  readonly #roundTripOf: RoundTripOf;
  /** The slowest first word from each place, 0 where only viewers came; the longest out of use first. */
  readonly #slowest = new Map<string, number>();

  constructor(roundTripOf: RoundTripOf) {
    this.#roundTripOf = roundTripOf;
  }

  /** For how many milliseconds to wait for a peer's first word. */
  timeFor(connection: Connection): number {
    const roundTrip = this.#roundTripOf(connection) ?? UNKNOWN_LINE;
    const slowest = this.#slowest.get(placeOf(connection));
    const usual = roundTrip + (slowest === undefined ? FIRST_TIME : BROWSER_TIME);
    return Math.min(Math.max(usual, 2 * (slowest ?? 0)), LONGEST);
  }

  /** A viewer has come from there. */
  learnViewer(connection: Connection): void {
    this.learnBrowser(connection, 0);
  }

  /** A browser's first word has come, so many milliseconds after it was connected. */
  learnBrowser(connection: Connection, milliseconds: number): void {
    if (milliseconds > SPARE) return;
    const place = placeOf(connection);
    const slowest = Math.max(milliseconds, this.#slowest.get(place) ?? 0);
    this.#slowest.delete(place);
    this.#slowest.set(place, slowest);
    if (this.#slowest.size <= CAPACITY) return;
    const [oldest] = this.#slowest.keys();
    this.#slowest.delete(oldest!);
  }
}
