import type { Logger } from "../log.ts";
import { placeOf, THIS_MACHINE } from "../rfb/addresses.ts";
import type { Connection } from "../rfb/connection.ts";
import { ConnectionClosed } from "../rfb/errors.ts";
import type { Moved } from "../web/entrance.ts";
import { BoundedConnection } from "./bounded_connection.ts";
import { Deadline } from "./deadline.ts";
import { type Allowance, Rates } from "./rates.ts";
import { Repeats } from "./repeats.ts";

/** Milliseconds in which a connection must get through the handshake; people type passwords. */
const HANDSHAKE_TIME = 60_000;

/** Bytes that are read from a connection before it has logged in: TLS and keys are the most of it. */
const MAX_BYTES = 64 * 1024;

/** Connections that may be in the handshake at once. */
const MAX_HANDSHAKES = 128;

/** What each place may have. */
interface Share extends Allowance {
  /** Connections in the handshake at once. */
  readonly atOnce: number;
}

/**
 * One address, or one IPv6 network: a whole class may be behind it. But new connections cost time: RSA-AES
 * 5 ms each.
 */
const OF_NETWORK: Share = { atOnce: 32, burst: 64, perSecond: 10 };
/** This machine: tunnels and proxies of many people, who share its address. */
const OF_THIS_MACHINE: Share = { atOnce: 64, burst: 200, perSecond: 50 };

/** What trusted proxies count as, together. */
const PROXY = "a proxy";

/** A trusted proxy, before it's known for whom it connects: it keeps its own limits. */
const OF_PROXY: Share = { atOnce: MAX_HANDSHAKES, burst: 1000, perSecond: 1000 };

/** A connection that was closed here: that is in the log already, summed up. */
export class GivenUp extends ConnectionClosed {}

/** What a handshake can tell about itself. */
export interface Progress {
  /**
   * Awaits what is bounded in other ways: until that is over there is no deadline, and it doesn't count as
   * a connection that has not logged in.
   */
  untimed<R>(pause: () => Promise<R>): Promise<R>;
  /** It counts for whom this is told of; throws {@linkcode GivenUp} where too many come from there. */
  readonly moved: Moved;
}

/** Does a handshake over a connection. */
export type HandshakeTask<T> = (connection: Connection, progress: Progress) => Promise<T>;

/** What the count of handshakes needs to know. */
export interface HandshakesOptions {
  readonly log: Logger;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Which addresses are trusted proxies'. */
  readonly isProxy?: (address: string) => boolean;
}

/** A connection that has not logged in yet. */
interface Pending {
  /** Where it comes from, as far as that is known. */
  place: string;
  /** Whether it has shown who it is, and waits for something else. */
  isUntimed: boolean;
  /** Ends its handshake at once, whatever that waits for. */
  end(): void;
}

/**
 * The connections that have not logged in yet: it bounds how many there are and come in a second, how
 * long they take, and how much they send. For a further connection the oldest has to go: that from the
 * same address when this has its share, and else that from the address with most of them. So one address
 * pushes out nobody else, and a few push out each other first. Where as many addresses as there is room
 * for have one connection each, the oldest of all goes, whosesoever it is: then only those get in who log
 * in before so many others have come.
 */
export class Handshakes {
  readonly #repeats: Repeats;
  readonly #rates: Rates;
  readonly #isProxy: (address: string) => boolean;
  /** The oldest first. */
  readonly #pending = new Set<Pending>();

  constructor({ log, now, isProxy = () => false }: HandshakesOptions) {
    this.#repeats = new Repeats(log);
    this.#rates = new Rates(now);
    this.#isProxy = isProxy;
  }

  /**
   * Runs the handshake of a connection; when its bounds are exceeded the connection is closed.
   * @throws {GivenUp} When it was ended here. What the task has begun, such as a pause or the
   *   check of a password, goes on without anybody who waits for it.
   */
  async run<T>(connection: Connection, task: HandshakeTask<T>): Promise<T> {
    const place = this.#isProxy(connection.remote.hostname) ? PROXY : placeOf(connection);
    this.#welcome(place);
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const end = () => {
      connection.close();
      reject(new GivenUp("not logged in"));
    };
    const pending: Pending = { place, isUntimed: false, end };
    this.#pending.add(pending);
    const bounded = new BoundedConnection(connection, MAX_BYTES);
    const deadline = new Deadline(HANDSHAKE_TIME, () => {
      this.#repeats.warn(pending.place, "closed: the handshake took too long");
      end();
    });
    try {
      const done = task(bounded, {
        untimed: (pause) => this.#untimed(pending, () => deadline.without(pause)),
        moved: (to) => this.#move(pending, placeOf(to)),
      });
      const result = await Promise.race([done, ended]);
      bounded.trust();
      return result;
    } finally {
      deadline.stop();
      this.#pending.delete(pending);
    }
  }

  /** Ends all of them. */
  close(): void {
    for (const { end } of this.#pending) end();
    this.#repeats.close();
  }

  /** @throws {GivenUp} When there come too many from a place. */
  #welcome(place: string): void {
    if (!this.#rates.take(place, shareOf(place))) {
      this.#repeats.warn(place, "closed: it connects too often");
      throw new GivenUp("it connects too often");
    }
    this.#makeRoom(place);
  }

  #move(pending: Pending, place: string): void {
    if (pending.place !== PROXY) return;
    this.#welcome(place);
    pending.place = place;
  }

  async #untimed<R>(pending: Pending, pause: () => Promise<R>): Promise<R> {
    if (!this.#pending.has(pending)) throw new GivenUp("not logged in");
    pending.isUntimed = true;
    try {
      return await pause();
    } finally {
      pending.isUntimed = false;
      // It is the newest now.
      if (this.#pending.delete(pending)) this.#pending.add(pending);
    }
  }

  #makeRoom(place: string): void {
    const counts = new Map<string, number>();
    let total = 0;
    for (const { place: from, isUntimed } of this.#pending) {
      if (isUntimed) continue;
      counts.set(from, (counts.get(from) ?? 0) + 1);
      total++;
    }
    if ((counts.get(place) ?? 0) >= shareOf(place).atOnce) return this.#closeOldest(place);
    if (total < MAX_HANDSHAKES) return;
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    this.#closeOldest(most![0]);
  }

  #closeOldest(place: string): void {
    for (const pending of this.#pending) {
      if (pending.place !== place || pending.isUntimed) continue;
      this.#repeats.warn(place, "closed: too many others have not logged in either");
      this.#pending.delete(pending);
      pending.end();
      return;
    }
  }
}

function shareOf(place: string): Share {
  if (place === PROXY) return OF_PROXY;
  return place === THIS_MACHINE ? OF_THIS_MACHINE : OF_NETWORK;
}
