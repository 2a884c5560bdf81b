import { isLoopback } from "../../src/rfb/addresses.ts";
import type { Connection, Endpoint } from "../../src/rfb/connection.ts";
import { ConnectionClosed } from "../../src/rfb/errors.ts";

/** How many bytes one side may have written that the other hasn't read, as in a socket's buffer. */
const CAPACITY = 256 * 1024;

/** One direction: bytes written at one end come out at the other. */
class Pipe {
  #chunks: Uint8Array[] = [];
  #size = 0;
  #ended = false;
  #broken = false;
  #wake: (() => void)[] = [];

  constructor(readonly capacity: number) {}

  #changed(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#broken || this.#ended) throw new ConnectionClosed("the pipe is closed");
    this.#chunks.push(bytes.slice());
    this.#size += bytes.length;
    this.#changed();
    while (this.#size > this.capacity && !this.#broken) await this.#change();
    if (this.#broken) throw new ConnectionClosed("the pipe is closed");
  }

  async read(): Promise<Uint8Array | null> {
    while (this.#chunks.length === 0 && !this.#ended && !this.#broken) await this.#change();
    if (this.#broken) throw new ConnectionClosed("the pipe is closed");
    const chunk = this.#chunks.shift();
    if (chunk === undefined) return null;
    this.#size -= chunk.length;
    this.#changed();
    return chunk;
  }

  /** No more is written; what there is can still be read. */
  end(): void {
    this.#ended = true;
    this.#changed();
  }

  /** Nothing is read or written any more. */
  break(): void {
    this.#broken = true;
    this.#changed();
  }
}

/**
 * Two connected ends, as a socket pair.
 * @param capacity Bytes that may be on their way before a write has to wait for the reader.
 * @param from The viewer's address; the connection is private where it is one of this machine.
 */
export function connectionPair(
  capacity = CAPACITY,
  from = "192.0.2.2",
): [server: Connection, client: Connection] {
  const up = new Pipe(capacity);
  const down = new Pipe(capacity);
  const here = { hostname: "192.0.2.1", port: 5900 };
  const there = { hostname: from, port: 40000 };
  const end = (
    [incoming, outgoing]: [Pipe, Pipe],
    peer: string,
    [local, remote]: [Endpoint, Endpoint],
  ): Connection => ({
    peer,
    local,
    remote,
    isPrivate: isLoopback(from),
    read: () => incoming.read(),
    write: (bytes) => outgoing.write(bytes),
    close: () => {
      outgoing.end();
      incoming.break();
    },
  });
  return [
    end([up, down], `${from}:40000`, [here, there]),
    end([down, up], "192.0.2.1:5900", [there, here]),
  ];
}
