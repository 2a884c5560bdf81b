import type { Logger } from "../log.ts";
import { isLocal, networkOf } from "../rfb/addresses.ts";
import type { Connection } from "../rfb/connection.ts";
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

/**
 * The connections that have not logged in yet: it bounds how many there are, how long they take, and
 * how much they send. Who is in earnest has logged in long before so many others have come, so for a
 * further connection the oldest has to go: that from the same address when this has its share, so that
 * no address pushes out others, and else that from the address with most of them.
 */
export class Handshakes {
  readonly #log: Logger;
  /** Where each comes from, the oldest first. */
  readonly #places = new Map<Connection, string>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Runs the handshake of a connection; when its bounds are exceeded the connection is closed. */
  async run<T>(connection: Connection, task: HandshakeTask<T>): Promise<T> {
    const place = isLocal(connection) ? LOCAL : networkOf(connection.remote.hostname);
    this.#makeRoom(place);
    this.#places.set(connection, place);
    const bounded = new BoundedConnection(connection, MAX_BYTES);
    const deadline = new Deadline(HANDSHAKE_TIME, () => {
      this.#log.warn(`${connection.peer}: closed: the handshake took too long`);
      connection.close();
    });
    try {
      const result = await task(bounded, (pause) => deadline.without(pause));
      bounded.trust();
      return result;
    } finally {
      deadline.stop();
      this.#places.delete(connection);
    }
  }

  #makeRoom(place: string): void {
    const counts = new Map<string, number>();
    for (const each of this.#places.values()) counts.set(each, (counts.get(each) ?? 0) + 1);
    const share = place === LOCAL ? MAX_LOCAL : MAX_FROM_ADDRESS;
    if ((counts.get(place) ?? 0) >= share) return this.#closeOldest(place);
    if (this.#places.size < MAX_HANDSHAKES) return;
    const [most] = [...counts].sort(([, a], [, b]) => b - a);
    this.#closeOldest(most![0]);
  }

  #closeOldest(place: string): void {
    for (const [connection, each] of this.#places) {
      if (each !== place) continue;
      this.#log.warn(`${connection.peer}: closed: too many others have not logged in either`);
      connection.close();
      this.#places.delete(connection);
      return;
    }
  }
}
