import type { Connection, Endpoint } from "../rfb/connection.ts";
import { ProtocolError } from "../rfb/errors.ts";

/** A connection that gives no more than so many bytes until it's trusted. */
export class BoundedConnection implements Connection {
  readonly peer: string;
  readonly remote: Endpoint;
  readonly local: Endpoint;
  readonly isPrivate: boolean;
  readonly #inner: Connection;
  #left: number;

  /** @param limit Bytes that may be read before {@linkcode trust}. */
  constructor(inner: Connection, limit: number) {
    this.#inner = inner;
    this.#left = limit;
    this.peer = inner.peer;
    this.remote = inner.remote;
    this.local = inner.local;
    this.isPrivate = inner.isPrivate;
  }

  /** From now on there is no limit. */
  trust(): void {
    this.#left = Infinity;
  }

  /** @throws {ProtocolError} When it's too much. */
  async read(): Promise<Uint8Array | null> {
    const chunk = await this.#inner.read();
    this.#left -= chunk?.length ?? 0;
    if (this.#left < 0) throw new ProtocolError("too much was sent before logging in");
    return chunk;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#inner.write(bytes);
  }

  close(): void {
    this.#inner.close();
  }
}
