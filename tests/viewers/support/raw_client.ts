import { PATIENCE } from "../../support/until.ts";

const encoder = new TextEncoder();

/** A client that can say anything, true or not. */
export class RawClient implements Disposable {
  readonly #conn: Deno.TcpConn;

  private constructor(conn: Deno.TcpConn) {
    this.#conn = conn;
  }

  /** Connects, and says nothing yet. */
  static async connect(port: number): Promise<RawClient> {
    return new RawClient(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  /** Connects to a server without a password, and is a viewer like any other so far. */
  static async enter(port: number): Promise<RawClient> {
    const client = await RawClient.connect(port);
    await client.#read(12);
    await client.send(encoder.encode("RFB 003.008\n"));
    const [count] = await client.#read(1);
    await client.#read(count!);
    const none = 1, shared = 1;
    await client.send([none]);
    await client.#read(4);
    await client.send([shared]);
    const init = await client.#read(24);
    await client.#read(new DataView(init.buffer).getUint32(20));
    return client;
  }

  /**
   * Sends all of it.
   * @throws {Error} When the server has hung up.
   */
  async send(bytes: Iterable<number>): Promise<void> {
    let rest = Uint8Array.from(bytes);
    while (rest.length > 0) rest = rest.subarray(await this.#conn.write(rest));
  }

  /**
   * Reads on until the server hangs up.
   * @throws {Error} When it doesn't.
   */
  async hungUpOn(): Promise<void> {
    const deadline = AbortSignal.timeout(PATIENCE);
    const late = () => this[Symbol.dispose]();
    deadline.addEventListener("abort", late);
    const chunk = new Uint8Array(65536);
    try {
      while (await this.#conn.read(chunk) !== null);
    } catch {
      // A connection that is reset is closed, too.
    } finally {
      deadline.removeEventListener("abort", late);
    }
    if (deadline.aborted) throw new Error("the server keeps the connection");
  }

  [Symbol.dispose](): void {
    try {
      this.#conn.close();
    } catch {
      // It is closed already.
    }
  }

  async #read(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    for (let got = 0; got < length;) {
      const count = await this.#conn.read(bytes.subarray(got));
      if (count === null) throw new Error("the server hung up");
      got += count;
    }
    return bytes;
  }
}
