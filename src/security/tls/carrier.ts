import { Buffer } from "node:buffer";
import { Duplex } from "node:stream";
import type { Connection } from "../../rfb/connection.ts";

/**
 * A connection as the stream that node:tls wants below itself. node:tls takes all that such a stream
 * gives and keeps it, without any limit, until somebody reads; so this one reads nothing from the peer
 * while nobody waits for it.
 */
export class Carrier extends Duplex {
  readonly #connection: Connection;
  /** Whether node:tls would take more, and whether somebody waits for it. */
  #asked = false;
  #wanted = false;
  #reading = false;

  constructor(connection: Connection) {
    super();
    this.#connection = connection;
  }

  /** Whether to read from the peer. */
  set wanted(wanted: boolean) {
    this.#wanted = wanted;
    this.#fetch();
  }

  override _read(): void {
    this.#asked = true;
    this.#fetch();
  }

  override _write(
    chunk: Uint8Array,
    _encoding: string,
    done: (error?: Error | null) => void,
  ): void {
    this.#connection.write(chunk).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#connection.close();
    done(error);
  }

  async #fetch(): Promise<void> {
    if (!this.#asked || !this.#wanted || this.#reading) return;
    this.#reading = true;
    this.#asked = false;
    try {
      const chunk = await this.#connection.read();
      this.#reading = false;
      // A copy, since the connection's next read may overwrite it.
      this.push(chunk === null ? null : Buffer.from(chunk));
    } catch (error) {
      this.destroy(error as Error);
    }
  }
}
