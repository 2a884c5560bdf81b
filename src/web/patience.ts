import { placeOf } from "../rfb/addresses.ts";
import type { Connection } from "../rfb/connection.ts";

/**
 * Milliseconds from a connection to a browser's first word, besides what the line takes: it has to
 * wake up and, for TLS, to make keys. Of Chromium's 9 of 10 come within 7 on a machine with little
 * to do; on a busy one, or by a browser just started, some take 50.
 */
const BROWSER_TIME = 60;

/** The same where only viewers have come from before. */
const VIEWERS_TIME = 20;

/** Where nobody knows how long the line takes, in milliseconds. */
const UNKNOWN_LINE = 100;

/**
 * The part of the round-trip time by which one packet may well come later than another. What the
 * kernel knows of that is nothing better: when a connection is accepted it has measured once, and
 * supposes half.
 */
const JITTER = 0.25;

/** The most of that, in milliseconds: long lines don't vary by more. */
const MOST_JITTER = 50;

/** Milliseconds for which viewers are kept waiting at most. */
const LONGEST = 1000;

/** Milliseconds of a first word that are no use to learn from: it was spoken when it was needed. */
const TOO_LATE = 600;

/**
 * Milliseconds around a page's request in which a browser opens connections to spare: Chromium's
 * came within 210.
 */
const SPARE_TIME = 500;

/** Milliseconds behind a place's last browser, from when on it is as if none had come: an hour. */
const BROWSERS_GONE = 3_600_000;

/** By how much what is remembered of a place fades whenever somebody comes from there. */
const FADING = 0.9;

/**
 * Places that are remembered; of more than these, the one that is longest out of use is forgotten.
 */
const CAPACITY = 1000;

/**
 * Finds the round-trip time to a connection's peer, in milliseconds; undefined where it isn't
 * known.
 */
export type RoundTripOf = (connection: Connection) => number | undefined;

/** What is remembered of a place. */
interface Memory {
  /** Undefined where only viewers came. */
  readonly browsers?: {
    /** About the most milliseconds that one took to its first word. */
    readonly slowest: number;
    /** When the last one came. */
    readonly last: number;
  };
  /** When a browser asked for the page, if it may open a connection to spare beside that one. */
  readonly askedAt?: number;
}

/**
 * How long to wait for a browser's first word, before who says nothing is taken for a viewer. A
 * browser speaks as soon as it's connected: its word comes right behind the last packet of TCP's
 * handshake, by which the connection is accepted, so that however long the line is, only what it
 * varies counts. Only a tunnel keeps it longer, as it connects at one end when the browser has at
 * the other. A viewer waits for that in vain, so it waits less where only viewers come from, and
 * how long browsers took from a place is remembered.
 */
export class Patience {
  readonly #roundTripOf: RoundTripOf;
  readonly #now: () => number;
  /** By places; the one longest out of use first. */
  readonly #memories = new Map<string, Memory>();

  /** @param now Milliseconds that only grow. */
  constructor(roundTripOf: RoundTripOf, now: () => number) {
    this.#roundTripOf = roundTripOf;
    this.#now = now;
  }

  /** The line's round-trip time in milliseconds, as far as it's known. */
  lineOf(connection: Connection): number {
    return this.#roundTripOf(connection) ?? UNKNOWN_LINE;
  }

  /** For how many milliseconds to wait for a peer's first word. */
  timeFor(connection: Connection): number {
    const place = placeOf(connection);
    const browsers = this.#browsersOf(place);
    const isViewers = browsers === undefined && this.#memories.has(place);
    const jitter = Math.min(JITTER * this.lineOf(connection), MOST_JITTER);
    const usual = jitter + (isViewers ? VIEWERS_TIME : BROWSER_TIME);
    return Math.min(Math.max(usual, 2 * (browsers?.slowest ?? 0)), LONGEST);
  }

  /**
   * Whether a connection on which nothing was said is a browser's, to spare. Beside that for a
   * request by http, Chromium opens another for the next one, and would take a greeting for that
   * one's answer. By TLS it speaks there at once, as well. It is only one: who comes next is
   * somebody else.
   * @param began When it was connected.
   */
  takesForSpare(connection: Connection, began: number): boolean {
    const place = placeOf(connection);
    const { askedAt = -Infinity, ...rest } = this.#memories.get(place) ?? {};
    const isSpare = began - askedAt < SPARE_TIME;
    if (isSpare) this.#memories.set(place, rest);
    return isSpare;
  }

  /** A viewer has come from there. */
  learnViewer(connection: Connection): void {
    this.#remember(connection, {});
  }

  /**
   * A browser's first word has come.
   * @param began When it was connected.
   * @param opensSpares Whether it may open connections to spare beside that one.
   */
  learnBrowser(connection: Connection, began: number, opensSpares: boolean): void {
    const now = this.#now();
    const time = now - began;
    this.#remember(connection, {
      browsers: { slowest: time <= TOO_LATE ? time : 0, last: now },
      ...opensSpares && { askedAt: now },
    });
  }

  /** What is remembered of a place's browsers, as long as it's worth anything. */
  #browsersOf(place: string): Memory["browsers"] {
    const browsers = this.#memories.get(place)?.browsers;
    const isOver = browsers === undefined || this.#now() - browsers.last > BROWSERS_GONE;
    return isOver ? undefined : browsers;
  }

  #remember(connection: Connection, news: Memory): void {
    const place = placeOf(connection);
    const before = this.#browsersOf(place);
    // What was slow once, and may have been a pretext, is forgotten bit by bit.
    const past = FADING * (before?.slowest ?? 0);
    const slowest = Math.max(news.browsers?.slowest ?? 0, past);
    const browsers = news.browsers ?? before;
    const memory = { ...this.#memories.get(place), ...news };
    this.#memories.delete(place);
    this.#memories.set(place, { ...memory, browsers: browsers && { ...browsers, slowest } });
    if (this.#memories.size <= CAPACITY) return;
    const [oldest] = this.#memories.keys();
    this.#memories.delete(oldest!);
  }
}
