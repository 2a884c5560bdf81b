import type { Connection } from "../rfb/connection.ts";
import { ConnectionView } from "../rfb/connection_view.ts";
import { ConnectionClosed, ProtocolError } from "../rfb/errors.ts";
import { speechOf } from "./first_bytes.ts";

/**
 * The connection of somebody who said nothing, and was taken for a viewer. Its first word shows what it is.
 * It doesn't stay without one: browsers open connections ahead, while somebody still types the address, and
 * one that is closed when they need it does no harm.
 */
export class SilentConnection extends ConnectionView {
  readonly #heard: (bytes: Uint8Array, isBrowser: boolean) => void;
  readonly #timer: ReturnType<typeof setTimeout>;
  #isFirst = true;
  #isTooLate = false;

  /**
   * @param heard Called with the first word, and whether it is a browser's.
   * @param answerTime Milliseconds in which that must be there.
   */
  constructor(
    inner: Connection,
    heard: (bytes: Uint8Array, isBrowser: boolean) => void,
    answerTime: number,
  ) {
    super(inner);
    this.#heard = heard;
    this.#timer = setTimeout(() => {
      this.#isTooLate = true;
      this.close();
    }, answerTime);
  }

  /**
   * @throws {ProtocolError} When it is a browser.
   * @throws {ConnectionClosed} When it was closed for its silence.
   */
  override async read(): Promise<Uint8Array | null> {
    const chunk = await super.read().catch((error) => {
      throw this.#isTooLate ? new ConnectionClosed("it didn't answer the greeting") : error;
    });
    if (!this.#isFirst || chunk === null) return chunk;
    this.#isFirst = false;
    clearTimeout(this.#timer);
    const speech = speechOf(chunk);
    const isBrowser = speech === "http" || speech === "tls";
    this.#heard(chunk, isBrowser);
    if (isBrowser) {
      throw new ProtocolError(
        "a browser that was taken for a viewer, as it spoke late; not so again",
      );
    }
    return chunk;
  }

  override close(reason?: string): void {
    clearTimeout(this.#timer);
    super.close(reason);
  }
}
