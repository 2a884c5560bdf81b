import type { Connection } from "../rfb/connection.ts";
import { AuthError } from "../rfb/errors.ts";
import type { Accounts } from "./accounts/accounts.ts";
import type { Rights } from "./rights.ts";
import type { Grant } from "./security_type.ts";

/** Where every security type brings the credentials that it got, and where failures are counted. */
export class Gate {
  readonly #accounts: Accounts;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** Whether a viewer has to be asked for a name, too. */
  get asksName(): boolean {
    return this.#accounts.hasNames;
  }

  /**
   * Lets in who knows a password.
   * @param name Undefined or empty where the viewer told none.
   * @throws {AuthError} When it isn't right.
   */
  enter(connection: Connection, name: string, password: Uint8Array): Promise<Grant> {
    const { hostname } = connection.remote;
    return this.#try(connection, name, () => this.#accounts.check(name, password, hostname));
  }

  /**
   * Lets in who proves that it knows a password that needs no name.
   * @param proves See {@linkcode Accounts.checkProof}.
   * @throws {AuthError} When it doesn't.
   */
  enterByProof(connection: Connection, proves: (password: Uint8Array) => boolean): Promise<Grant> {
    return this.#try(connection, "", () => Promise.resolve(this.#accounts.checkProof(proves)));
  }

  async #try(
    _connection: Connection,
    name: string,
    check: () => Promise<Rights | undefined>,
  ): Promise<Grant> {
    const rights = await check();
    if (rights === undefined) {
      throw new AuthError(this.asksName ? "wrong name or password" : "wrong password");
    }
    return this.asksName && name !== "" ? { user: name, rights } : { rights };
  }
}
