import type { Logger } from "../log.ts";
import type { Connection } from "../rfb/connection.ts";
import { AuthError } from "../rfb/errors.ts";
import type { Accounts } from "./accounts/accounts.ts";
import type { Attempts } from "./attempts/attempts.ts";
import type { Rights } from "./rights.ts";
import type { Grant } from "./security_type.ts";

/** Where every security type brings the credentials that it got, and where failures are counted. */
export class Gate {
  readonly #accounts: Accounts;
  readonly #attempts: Pick<Attempts, "try" | "refusal">;
  readonly #log: Pick<Logger, "warn"> | undefined;

  /**
   * @param attempts Counts the failures; shared by all gates of a server.
   * @param log Is told which accounts were tried in vain.
   */
  constructor(
    accounts: Accounts,
    attempts: Pick<Attempts, "try" | "refusal">,
    log?: Pick<Logger, "warn">,
  ) {
    this.#accounts = accounts;
    this.#attempts = attempts;
    this.#log = log;
  }

  /** Whether a viewer has to be asked for a name, too. */
  get asksName(): boolean {
    return this.#accounts.hasNames;
  }

  /** Why nobody from where a connection comes from may try anything at the moment, if so. */
  refusal(connection: Connection): string | undefined {
    return this.#attempts.refusal(connection, this.asksName ? undefined : "");
  }

  /**
   * Lets in who knows a password.
   * @param name Empty where the viewer told none.
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
    connection: Connection,
    name: string,
    check: () => Promise<Rights | undefined>,
  ): Promise<Grant> {
    // Where names mean nothing, one more name is no other account.
    const account = this.asksName ? name : "";
    const rights = await this.#attempts.try(connection, account, check);
    if (rights === undefined) {
      const what = this.asksName ? "wrong name or password" : "wrong password";
      if (account !== "") {
        // What somebody has typed there may well be a password.
        const whose = this.#accounts.knows(account)
          ? `the account "${account}"`
          : "an unknown name";
        this.#log?.warn(`${connection.peer}: ${what} for ${whose}`);
      }
      throw new AuthError(what);
    }
    return account === "" ? { rights } : { user: account, rights };
  }
}
