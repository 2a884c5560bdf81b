import { Buffer } from "node:buffer";
import { Duplex } from "node:stream";
import type { Connection } from "./connection.ts";

/**
 * Bytes of several writes that are put together to one: a few bytes in front of others, as heads of
 * frames are, aren't worth a packet of their own, while copying much costs more than a further write.
 */
const MAX_TOGETHER = 64 * 1024;

/**
 * A connection as the stream that Node's modules want below themselves. They take all that such a
 * stream gives and keep it, without any limit, until somebody reads; so this one reads nothing from the
 * peer while nobody waits for it.
 */
export class Carrier extends Duplex {
  readonly #connection: Connection;
  /** Whether what is above would take more, and whether somebody waits for it. */
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

  /** Whether it waits for the peer, so that nobody else may. */
  get reading(): boolean {
    return this.#reading;
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

  override _writev(
    chunks: { chunk: Uint8Array }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#writeAll(chunks.map(({ chunk }) => chunk)).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#connection.close();
    done(error);
  }

  async #writeAll(chunks: Uint8Array[]): Promise<void> {
    for (let from = 0; from < chunks.length;) {
      let [to, size] = [from + 1, chunks[from]!.length];
      while (to < chunks.length && size + chunks[to]!.length <= MAX_TOGETHER) {
        size += chunks[to++]!.length;
      }
      const together = chunks.slice(from, to);
      await this.#connection.write(to - from === 1 ? together[0]! : Buffer.concat(together, size));
      from = to;
    }
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
