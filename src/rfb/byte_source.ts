import { ByteWriter } from "./byte_writer.ts";
import type { Connection } from "./connection.ts";
import { ConnectionClosed } from "./errors.ts";

const NOTHING = new Uint8Array(0);

/**
 * Reads a connection in exact amounts. It buffers no more than what `read` was asked for plus one
 * chunk of the connection, so whoever checks a length before reading bounds the memory too.
 */
export class ByteSource {
  readonly #connection: Pick<Connection, "read">;
  /** What has arrived and is not consumed yet. */
  #bytes: Uint8Array = NOTHING;
  /** A read of the connection that {@linkcode untilEnd} has begun and nobody has waited for. */
  #ahead: Promise<Uint8Array | null> | undefined;

  constructor(connection: Pick<Connection, "read">) {
    this.#connection = connection;
  }

  /** How many bytes have arrived that nobody has asked for yet. */
  get buffered(): number {
    return this.#bytes.length;
  }

  /**
   * Waits for the next byte, without taking it: whether there is none, as the peer has closed.
   * @throws What the connection's `read` rejects with.
   */
  async ended(): Promise<boolean> {
    return this.#bytes.length === 0 && !await this.#more();
  }

  /**
   * The next byte, or undefined where the peer has closed between two messages.
   * @throws What the connection's `read` rejects with.
   */
  async messageType(): Promise<number | undefined> {
    if (this.#bytes.length === 0 && !await this.#more()) return undefined;
    const type = this.#bytes[0];
    this.#bytes = this.#bytes.subarray(1);
    return type;
  }

  /**
   * The next `length` bytes as a view, valid until the next call.
   * @throws {ConnectionClosed} When the stream ends before.
   */
  async read(length: number): Promise<DataView> {
    if (this.#bytes.length < length) await this.#gather(length);
    const bytes = this.#bytes;
    this.#bytes = bytes.subarray(length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  /**
   * The next `length` bytes as a copy of the caller's own.
   * @throws {ConnectionClosed} When the stream ends before.
   */
  async readBytes(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const view = await this.read(length);
    return new Uint8Array(view.buffer, view.byteOffset, length).slice();
  }

  /**
   * Passes over `length` bytes without keeping them.
   * @throws {ConnectionClosed} When the stream ends before.
   */
  async skip(length: number): Promise<void> {
    while (this.#bytes.length < length) {
      length -= this.#bytes.length;
      this.#bytes = NOTHING;
      if (!await this.#more()) throw new ConnectionClosed("closed inside a message");
    }
    this.#bytes = this.#bytes.subarray(length);
  }

  /**
   * Waits for the stream's end, and keeps what arrives before; whoever calls it bounds that. Nothing
   * else may read meanwhile.
   * @param signal Ends the wait; reading goes on then as if nothing had been.
   * @throws What the connection's `read` rejects with.
   */
  async untilEnd(signal: AbortSignal): Promise<void> {
    const aborted = new Promise<undefined>((resolve) =>
      signal.addEventListener("abort", () => resolve(undefined), { once: true })
    );
    // A copy, as what the connection gave is its own again with the next read.
    const kept = new ByteWriter().bytes(this.#bytes);
    try {
      while (!signal.aborted) {
        this.#ahead ??= this.#connection.read();
        // It may fail when the wait is over; who reads next meets that.
        this.#ahead.catch(() => {});
        const chunk = await Promise.race([this.#ahead, aborted]);
        if (chunk === undefined) return;
        this.#ahead = undefined;
        if (chunk === null) return;
        kept.bytes(chunk);
      }
    } finally {
      this.#bytes = kept.finish();
    }
  }

  /** Collects at least `length` bytes in one piece. */
  async #gather(length: number): Promise<void> {
    const gathered = new Uint8Array(length);
    let filled = 0;
    for (;;) {
      const part = this.#bytes.subarray(0, length - filled);
      gathered.set(part, filled);
      filled += part.length;
      this.#bytes = this.#bytes.subarray(part.length);
      if (filled === length) break;
      if (!await this.#more()) throw new ConnectionClosed("closed inside a message");
    }
    // What came behind the wanted bytes must follow them in the buffer.
    if (this.#bytes.length === 0) {
      this.#bytes = gathered;
    } else {
      const joined = new Uint8Array(length + this.#bytes.length);
      joined.set(gathered);
      joined.set(this.#bytes, length);
      this.#bytes = joined;
    }
  }

  /** Takes the connection's next chunk; only called when nothing is buffered. */
  async #more(): Promise<boolean> {
    for (;;) {
      const reading = this.#ahead ?? this.#connection.read();
      this.#ahead = undefined;
      const chunk = await reading;
      if (chunk === null) return false;
      if (chunk.length > 0) {
        this.#bytes = chunk;
        return true;
      }
    }
  }
}
