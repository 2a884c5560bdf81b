import type { Connection } from "../rfb/connection.ts";
import { ConnectionView } from "../rfb/connection_view.ts";
import { ProtocolError } from "../rfb/errors.ts";
import { speechOf } from "./first_bytes.ts";

/**
 * The connection of somebody who said nothing, and was taken for a viewer. If it was a browser all the
 * same, its first word shows that.
 */
export class SilentConnection extends ConnectionView {
  readonly #foundOut: () => void;
  #isFirst = true;

  /** @param foundOut Called when it is a browser. */
  constructor(inner: Connection, foundOut: () => void) {
    super(inner);
    this.#foundOut = foundOut;
  }

  /** @throws {ProtocolError} When it is a browser. */
  override async read(): Promise<Uint8Array | null> {
    const chunk = await super.read();
    if (this.#isFirst && chunk !== null) {
      this.#isFirst = false;
      const speech = speechOf(chunk);
      if (speech === "http" || speech === "tls") {
        this.#foundOut();
        throw new ProtocolError(
          "a browser that was greeted as a viewer, since its request came so late; the next one won't be",
        );
      }
    }
    return chunk;
  }
}
