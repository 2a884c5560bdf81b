import type { Logger } from "../log.ts";
import { isLocal, networkOf } from "../rfb/addresses.ts";
import type { Connection } from "../rfb/connection.ts";
import { ConnectionClosed } from "../rfb/errors.ts";
import { BoundedConnection } from "./bounded_connection.ts";
import { Deadline } from "./deadline.ts";

/** Milliseconds in which a connection must get through the handshake; people type passwords. */
const HANDSHAKE_TIME = 60_000;

/** Bytes that are read from a connection before it has logged in: TLS and keys are the most of it. */
const MAX_BYTES = 64 * 1024;

/** Connections that may be in the handshake at once. */
const MAX_HANDSHAKES = 64;
/** Those of them from one address, or one IPv6 network. */
const MAX_FROM_ADDRESS = 10;
/** Those from this machine: tunnels and proxies of many people, who share its address. */
const MAX_LOCAL = 32;

const LOCAL = "this machine";

/** Does a handshake over a connection; what it awaits through `untimed` is free of the deadline. */
export type HandshakeTask<T> = (
  connection: Connection,
  untimed: <R>(pause: () => Promise<R>) => Promise<R>,
) => Promise<T>;

/** A connection that has not logged in yet. */
interface Pending {
  readonly peer: string;
  /** Where it comes from. */
  readonly place: string;
  /** Ends its handshake at once, whatever that waits for. */
  end(): void;
}

/**
 * The connections that have not logged in yet: it bounds how many there are, how long they take, and
 * how much they send. Who is in earnest has logged in long before so many others have come, so for a
 * further connection the oldest has to go: that from the same address when this has its share, so that
 * no address pushes out others, and else that from the address with most of them.
 */
export class Handshakes {
  readonly #log: Logger;
  /** The oldest first. */
  readonly #pending = new Set<Pending>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /**
   * Runs the handshake of a connection; when its bounds are exceeded the connection is closed.
   * @throws {ConnectionClosed} When it was ended here. What the task has begun, such as a pause or the
   *   check of a password, goes on without anybody who waits for it.
   */
  async run<T>(connection: Connection, task: HandshakeTask<T>): Promise<T> {
    const place = isLocal(connection) ? LOCAL : networkOf(connection.remote.hostname);
    this.#makeRoom(place);
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const end = () => {
      connection.close();
      reject(new ConnectionClosed("not logged in"));
    };
    const pending = { peer: connection.peer, place, end };
    this.#pending.add(pending);
    const bounded = new BoundedConnection(connection, MAX_BYTES);
    const deadline = new Deadline(HANDSHAKE_TIME, () => {
      this.#log.warn(`${connection.peer}: closed: the handshake took too long`);
      end();
    });
    try {
      const done = task(bounded, (pause) => deadline.without(pause));
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
  }

  #makeRoom(place: string): void {
    const counts = new Map<string, number>();
    for (const each of this.#pending) counts.set(each.place, (counts.get(each.place) ?? 0) + 1);
    const share = place === LOCAL ? MAX_LOCAL : MAX_FROM_ADDRESS;
    if ((counts.get(place) ?? 0) >= share) return this.#closeOldest(place);
    if (this.#pending.size < MAX_HANDSHAKES) return;
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    this.#closeOldest(most![0]);
  }

  #closeOldest(place: string): void {
    for (const pending of this.#pending) {
      if (pending.place !== place) continue;
      this.#log.warn(`${pending.peer}: closed: too many others have not logged in either`);
      this.#pending.delete(pending);
      pending.end();
      return;
    }
  }
}
