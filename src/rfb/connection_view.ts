import type { Connection, Endpoint } from "./connection.ts";

/** Who is at the two ends of a connection. */
export type Ends = Pick<Connection, "peer" | "remote" | "local" | "isPrivate">;

/** A connection as it is, for those that differ from another in a little only. */
export class ConnectionView implements Connection {
  readonly peer: string;
  readonly remote: Endpoint;
  readonly local: Endpoint;
  readonly isPrivate: boolean;
  protected readonly inner: Connection;

  /** @param ends Where they are others than the connection knows. */
  constructor(inner: Connection, ends: Ends = inner) {
    this.inner = inner;
    this.peer = ends.peer;
    this.remote = ends.remote;
    this.local = ends.local;
    this.isPrivate = ends.isPrivate;
  }

  read(): Promise<Uint8Array | null> {
    return this.inner.read();
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.inner.write(bytes);
  }

  close(reason?: string): void {
    this.inner.close(reason);
  }
}
