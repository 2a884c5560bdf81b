import type { Connection } from "../../src/rfb/connection.ts";

/** A connection to a peer that says what it has to say without waiting, and then closes its side. */
export class ScriptedConnection implements Connection {
  readonly peer = "scripted";
  readonly remote = { hostname: "192.0.2.2", port: 40000 };
  readonly local = { hostname: "192.0.2.1", port: 5900 };
  readonly isPrivate = false;
  /** What was written to it, one write an item. */
  readonly written: Uint8Array[] = [];
  readonly #script: Uint8Array[];

  /** @param script What its reads give, one after the other. */
  constructor(script: readonly Uint8Array[] = []) {
    this.#script = [...script];
  }

  read(): Promise<Uint8Array | null> {
    return Promise.resolve(this.#script.shift() ?? null);
  }

  write(bytes: Uint8Array): Promise<void> {
    this.written.push(bytes.slice());
    return Promise.resolve();
  }

  close(): void {}
}
