import type { Connection } from "../rfb/connection.ts";
import { ConnectionView } from "../rfb/connection_view.ts";
import { ProtocolError } from "../rfb/errors.ts";

/** A connection that gives no more than so many bytes until it's trusted. */
export class BoundedConnection extends ConnectionView {
  #left: number;

  /** @param limit Bytes that may be read before {@linkcode trust}. */
  constructor(inner: Connection, limit: number) {
    super(inner);
    this.#left = limit;
  }

  /** From now on there is no limit. */
  trust(): void {
    this.#left = Infinity;
  }

  /** @throws {ProtocolError} When it's too much. */
  override async read(): Promise<Uint8Array | null> {
    const chunk = await super.read();
    this.#left -= chunk?.length ?? 0;
    if (this.#left < 0) throw new ProtocolError("too much was sent before logging in");
    return chunk;
  }
}
