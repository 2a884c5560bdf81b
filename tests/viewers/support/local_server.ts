import type { SecurityType } from "../../../src/security/security_type.ts";
import { Session } from "../../support/session.ts";

/** A server in this process, for real viewers. */
export class LocalServer implements AsyncDisposable {
  readonly #session: Session;
  readonly port: number;

  /** @param securityTypes In the order in which they are offered. */
  constructor(securityTypes: readonly SecurityType[]) {
    this.#session = new Session({ securityTypes });
    this.port = this.#session.server.listen("127.0.0.1", 0)[0]!.port;
  }

  /** What it has logged so far. */
  get log(): string {
    return this.#session.log.join("\n");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#session[Symbol.asyncDispose]();
  }
}
