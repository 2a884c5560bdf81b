/** What a line is like in both directions; it may be changed while the line is in use. */
export interface LinkTraits {
  /** Bytes per millisecond. */
  rate: number;
  /** Milliseconds each way. */
  delay: number;
  /** Bytes that wait in front of the line before nothing more is taken from the sender. */
  buffer: number;
}

/** Bytes that go through at once. */
const PACKET = 4096;

/**
 * A slow line between a viewer and a server: a port of this machine that passes on what comes to
 * another port, at a limited rate and with a delay. As on a real line, the systems at both ends have
 * large buffers of their own besides.
 *
 * @example
 * ```ts
 * using link = new ThrottledLink(port, { rate: 125, delay: 50, buffer: 64 * 1024 });
 * const connection = await Deno.connect({ hostname: "127.0.0.1", port: link.port });
 * ```
 */
export class ThrottledLink implements Disposable {
  readonly traits: LinkTraits;
  /** Bytes that came out at the viewers' end. */
  delivered = 0;
  readonly #target: number;
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections = new Set<Deno.Conn>();
  /** Ends what is slept through. */
  readonly #closing = new AbortController();

  /** @param target The server's port. */
  constructor(target: number, traits: LinkTraits) {
    this.#target = target;
    this.traits = traits;
    this.#accept();
  }

  /** The port for viewers. */
  get port(): number {
    return this.#listener.addr.port;
  }

  async #accept(): Promise<void> {
    for await (const viewer of this.#listener) {
      const server = await Deno.connect({ hostname: "127.0.0.1", port: this.#target });
      for (const connection of [viewer, server]) {
        connection.setNoDelay(true);
        this.#connections.add(connection);
      }
      const ways = [
        this.#pass(viewer, server, () => {}),
        this.#pass(server, viewer, (bytes) => this.delivered += bytes),
      ];
      Promise.all(ways).catch(() => {}).finally(() => {
        this.#close(viewer);
        this.#close(server);
      });
    }
  }

  async #pass(from: Deno.TcpConn, to: Deno.TcpConn, passed: (bytes: number) => void) {
    let free = 0;
    let onTheWay = 0;
    let last: Promise<void> = Promise.resolve();
    const deliver = async (before: Promise<void>, packet: Uint8Array, due: number) => {
      await before;
      await this.#until(due);
      for (let sent = 0; sent < packet.length;) sent += await to.write(packet.subarray(sent));
      onTheWay -= packet.length;
      passed(packet.length);
    };
    for (;;) {
      const packet = new Uint8Array(PACKET);
      const count = await from.read(packet);
      if (count === null) break;
      const { rate, delay, buffer } = this.traits;
      free = Math.max(free, performance.now()) + count / rate;
      onTheWay += count;
      last = deliver(last, packet.subarray(0, count), free + delay);
      // If it breaks, that is noticed below.
      last.catch(() => {});
      if (onTheWay > 2 * buffer + rate * delay) await last;
      await this.#until(free - buffer / rate);
    }
    await last;
    await to.closeWrite();
  }

  #until(time: number): Promise<void> | undefined {
    const wait = time - performance.now();
    const { signal } = this.#closing;
    if (wait <= 0 || signal.aborted) return undefined;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, wait);
      signal.addEventListener("abort", done);
    });
  }

  #close(connection: Deno.Conn): void {
    if (this.#connections.delete(connection)) connection.close();
  }

  [Symbol.dispose](): void {
    this.#listener.close();
    for (const connection of this.#connections) this.#close(connection);
    this.#closing.abort();
  }
}
