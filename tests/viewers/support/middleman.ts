/** Who sends something: the viewer or the server. */
export type Side = "viewer" | "server";

/**
 * What a {@linkcode Middleman} does with bytes that pass.
 * @param at How many bytes that side has sent before.
 */
export type Meddling = (bytes: Uint8Array, from: Side, at: number) => void;

/**
 * Changes one byte, by its lowest bit unless told otherwise.
 * @param from Whose it is.
 * @param place How many bytes that side sends before it.
 */
export function changeByte(from: Side, place: number, mask = 1): Meddling {
  return (bytes, side, at) => {
    if (side === from && at <= place && place < at + bytes.length) bytes[place - at]! ^= mask;
  };
}

/** Who sits on the line between viewers and a server, reads along, and may change what passes. */
export class Middleman implements AsyncDisposable {
  /** The server's port. */
  target: number;
  readonly #host: string;
  readonly #meddle: Meddling;
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections: Deno.Conn[] = [];
  readonly #serving: Promise<void>;
  readonly #sent = { viewer: "", server: "" };

  /** @param host An address that is the server's. */
  constructor(target = 0, meddle: Meddling = () => {}, host = "127.0.0.1") {
    this.target = target;
    this.#meddle = meddle;
    this.#host = host;
    this.#serving = this.#serve();
  }

  /** The port for viewers. */
  get port(): number {
    return this.#listener.addr.port;
  }

  /** All that each side has got through to the other, each byte as the character of that number. */
  get sent(): Readonly<Record<Side, string>> {
    return this.#sent;
  }

  async #serve(): Promise<void> {
    const passing: Promise<void>[] = [];
    for await (const viewer of this.#listener) {
      const server = await Deno.connect({ hostname: this.#host, port: this.target });
      this.#connections.push(viewer, server);
      passing.push(this.#pass("viewer", viewer, server), this.#pass("server", server, viewer));
    }
    await Promise.all(passing);
  }

  async #pass(side: Side, from: Deno.Conn, to: Deno.Conn): Promise<void> {
    try {
      let at = 0;
      for await (const bytes of from.readable) {
        this.#meddle(bytes, side, at);
        at += bytes.length;
        this.#sent[side] += String.fromCharCode(...bytes);
        for (let sent = 0; sent < bytes.length;) sent += await to.write(bytes.subarray(sent));
      }
    } catch {
      // One of them has gone.
    }
    await to.closeWrite().catch(() => {});
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const connection of this.#connections) {
      try {
        connection.close();
      } catch {
        // It is closed when all that it sends has been read.
      }
    }
    await this.#serving;
  }
}
