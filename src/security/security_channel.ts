import { ByteSource } from "../rfb/byte_source.ts";
import type { Connection } from "../rfb/connection.ts";
import { ProtocolError } from "../rfb/errors.ts";

/**
 * The connection during the handshake: a security type may put another one in its place, which
 * encrypts, and everything behind it goes that way.
 */
export class SecurityChannel {
  #connection: Connection;
  #source: ByteSource;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#source = new ByteSource(connection);
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Reads the connection. */
  get source(): ByteSource {
    return this.#source;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#connection.write(bytes);
  }

  /**
   * Goes on through another connection over this one.
   * @returns That other one.
   * @throws {ProtocolError} When the peer has sent something ahead, in plain text: it would be taken
   *   for what came encrypted (CVE-2016-10207 and others are of that kind).
   */
  upgrade<C extends Connection>(wrap: (connection: Connection) => C): C {
    if (this.#source.buffered > 0) {
      throw new ProtocolError(`${this.#source.buffered} bytes came before encryption began`);
    }
    const wrapped = wrap(this.#connection);
    this.#connection = wrapped;
    this.#source = new ByteSource(wrapped);
    return wrapped;
  }

  /**
   * Goes on through another connection that has taken over this one's source: what came early is read
   * by it. Only for one that authenticates every byte, so that it doesn't matter when they came.
   */
  replace(connection: Connection): void {
    this.#connection = connection;
    this.#source = new ByteSource(connection);
  }
}
