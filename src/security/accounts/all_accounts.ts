import type { Rights } from "../rights.ts";
import type { Accounts } from "./accounts.ts";

/** Users who come in by name, and passwords for those who give none. */
export class AllAccounts implements Accounts {
  readonly hasNames = true;
  readonly #users: Accounts;
  readonly #shared: Accounts;

  constructor(users: Accounts, shared: Accounts) {
    this.#users = users;
    this.#shared = shared;
  }

  knows(name: string): boolean {
    return this.#users.knows(name);
  }

  check(name: string, password: Uint8Array, address?: string): Promise<Rights | undefined> {
    // A wrong name must not open by a shared password: a user who was removed may still know it.
    return (name === "" ? this.#shared : this.#users).check(name, password, address);
  }

  checkProof(proves: (password: Uint8Array) => boolean): Rights | undefined {
    return this.#shared.checkProof(proves);
  }
}
