import type { Endpoint } from "../net/endpoint.ts";

export type { Endpoint };

/**
 * A stream of bytes to and from one peer: TCP in the server, memory in the tests. Everything above
 * it knows neither sockets nor where the bytes go.
 */
export interface Connection {
  /** Who is on the other side, for a person: `192.0.2.7:41822`. */
  readonly peer: string;
  /** The other side, for a program. */
  readonly remote: Endpoint;
  /** This side. */
  readonly local: Endpoint;
  /** Whether nobody on the way can read along: it never leaves this machine, or it is encrypted. */
  readonly isPrivate: boolean;
  /**
   * The next bytes, as many as there are; null when the peer has closed its side. They are the
   * caller's until it reads again. Rejects when the connection is broken.
   */
  read(): Promise<Uint8Array | null>;
  /**
   * Writes all the bytes; settles when the system has taken them, so that a slow peer shows as a
   * pending write. Rejects when the connection is broken. One write at a time.
   */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Ends both directions; pending reads and writes settle. May be called at any time, again too.
   * @param reason Why the peer is sent away, if it can be told: RFB has no words for that.
   */
  close(reason?: string): void;
}
