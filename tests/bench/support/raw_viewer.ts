import { ENCODING } from "../../../src/encodings/ids.ts";

const READ_SIZE = 256 * 1024;

/** A viewer that asks for one update after the other in ZRLE, and throws away what it gets. */
export class RawViewer {
  readonly #conn: Deno.Conn;
  readonly #buffer = new Uint8Array(READ_SIZE);
  #unread = new Uint8Array();
  /** Updates that have come whole. */
  updates = 0;
  bytes = 0;

  private constructor(conn: Deno.Conn) {
    this.#conn = conn;
  }

  /** Goes through the handshake, without a password. */
  static async connect(port: number): Promise<RawViewer> {
    const viewer = new RawViewer(await Deno.connect({ hostname: "127.0.0.1", port }));
    await viewer.#take(12);
    await viewer.#write(new TextEncoder().encode("RFB 003.008\n"));
    await viewer.#take(2);
    await viewer.#write(Uint8Array.of(1));
    await viewer.#take(4);
    await viewer.#write(Uint8Array.of(1));
    const init = await viewer.#take(24);
    await viewer.#take(init.getUint32(20));
    await viewer.#write(Uint8Array.of(2, 0, 0, 1, 0, 0, 0, ENCODING.ZRLE));
    return viewer;
  }

  /** Receives until it is closed. */
  async run(): Promise<void> {
    try {
      for (let incremental = 0;; incremental = 1) {
        await this.#write(Uint8Array.of(3, incremental, 0, 0, 0, 0, 255, 255, 255, 255));
        const count = (await this.#take(4)).getUint16(2);
        for (let n = 0; n < count; n++) await this.#skip((await this.#take(16)).getUint32(12));
        this.updates++;
      }
    } catch {
      // Closed.
    }
  }

  close(): void {
    this.#conn.close();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#conn.write(bytes);
  }

  async #read(): Promise<void> {
    const count = await this.#conn.read(this.#buffer);
    if (count === null) throw new Error("closed by the server");
    this.bytes += count;
    this.#unread = this.#buffer.subarray(0, count);
  }

  async #take(length: number): Promise<DataView> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      if (this.#unread.length === 0) await this.#read();
      const part = this.#unread.subarray(0, length - at);
      bytes.set(part, at);
      at += part.length;
      this.#unread = this.#unread.subarray(part.length);
    }
    return new DataView(bytes.buffer);
  }

  async #skip(length: number): Promise<void> {
    let left = length;
    while (left > this.#unread.length) {
      left -= this.#unread.length;
      await this.#read();
    }
    this.#unread = this.#unread.subarray(left);
  }
}
