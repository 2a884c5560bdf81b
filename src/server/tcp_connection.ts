import { messageOf } from "../log.ts";
import { formatEndpoint, unmapped } from "../net/endpoint.ts";
import { isLoopback } from "../rfb/addresses.ts";
import type { Connection, Endpoint } from "../rfb/connection.ts";
import { ConnectionClosed } from "../rfb/errors.ts";

/** Bytes that one read takes at most: viewers send little. */
const READ_SIZE = 16 * 1024;

/** A {@linkcode Connection} over Deno's TCP. */
export class TcpConnection implements Connection {
  readonly peer: string;
  readonly remote: Endpoint;
  readonly local: Endpoint;
  readonly isPrivate: boolean;
  readonly #conn: Deno.TcpConn;
  readonly #buffer = new Uint8Array(READ_SIZE);
  #closed = false;

  constructor(conn: Deno.TcpConn) {
    this.#conn = conn;
    this.peer = formatAddress(conn.remoteAddr);
    this.remote = endpoint(conn.remoteAddr);
    this.local = endpoint(conn.localAddr);
    this.isPrivate = isLoopback(this.remote.hostname);
    try {
      // Updates are written whole, so waiting to fill a packet only delays them.
      conn.setNoDelay(true);
      conn.setKeepAlive(true);
    } catch (error) {
      conn.close();
      throw error;
    }
  }

  async read(): Promise<Uint8Array | null> {
    try {
      const count = await this.#conn.read(this.#buffer);
      return count === null ? null : this.#buffer.subarray(0, count);
    } catch (error) {
      throw connectionClosed(error);
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let sent = 0; sent < bytes.length;) sent += await this.#conn.write(bytes.subarray(sent));
    } catch (error) {
      throw connectionClosed(error);
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#conn.close();
  }
}

function connectionClosed(error: unknown): ConnectionClosed {
  return new ConnectionClosed(messageOf(error));
}

/** IPv4 peers of a socket that listens on both show up as IPv4-mapped IPv6 addresses. */
function endpoint({ hostname, port }: Deno.NetAddr): Endpoint {
  return { hostname: unmapped(hostname), port };
}

/** An address for a person: `192.0.2.7:5900`, `[2001:db8::1]:5900`. */
export function formatAddress(address: Deno.NetAddr): string {
  return formatEndpoint(endpoint(address));
}
