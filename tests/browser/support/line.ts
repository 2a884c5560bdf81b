/** A line to a server on this machine, which can be cut without anybody being told. */
export class Line implements Disposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #ends: Deno.Conn[] = [];
  #isCut = false;

  /** @param port The server's. */
  constructor(port: number) {
    void this.#serve(port);
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  /** From now on nothing comes through; connections are still accepted. */
  cut(): void {
    this.#isCut = true;
  }

  [Symbol.dispose](): void {
    this.#listener.close();
    for (const end of this.#ends) closeQuietly(end);
  }

  async #serve(port: number): Promise<void> {
    for await (const near of this.#listener) {
      this.#ends.push(near);
      if (this.#isCut) continue;
      const far = await Deno.connect({ hostname: "127.0.0.1", port });
      this.#ends.push(far);
      void this.#carry(near, far);
      void this.#carry(far, near);
    }
  }

  async #carry(from: Deno.Conn, to: Deno.Conn): Promise<void> {
    try {
      for await (const bytes of from.readable) {
        if (this.#isCut) continue;
        for (let sent = 0; sent < bytes.length;) sent += await to.write(bytes.subarray(sent));
      }
    } catch {
      // One of them is closed.
    } finally {
      if (!this.#isCut) closeQuietly(to);
    }
  }
}

function closeQuietly(end: Deno.Conn): void {
  try {
    end.close();
  } catch {
    // It is closed already.
  }
}
