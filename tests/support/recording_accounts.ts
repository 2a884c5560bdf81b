import type { Accounts } from "../../src/security/accounts/accounts.ts";
import { ALL_RIGHTS, type Rights } from "../../src/security/rights.ts";

/** Takes one name and one password, and remembers everything that was tried. */
export class RecordingAccounts implements Accounts {
  readonly hasNames: boolean;
  readonly hasPasswords: boolean;
  readonly tried: { readonly name: string; readonly password: string }[] = [];
  readonly #name: string;
  readonly #password: string;

  /** @param name Empty where a password alone is asked for. */
  constructor(name: string, password: string) {
    this.#name = name;
    this.#password = password;
    this.hasNames = name !== "";
    this.hasPasswords = !this.hasNames;
  }

  check(name: string, password: Uint8Array): Promise<Rights | undefined> {
    this.tried.push({ name, password: new TextDecoder().decode(password) });
    const isRight = name === this.#name && this.tried.at(-1)!.password === this.#password;
    return Promise.resolve(isRight ? ALL_RIGHTS : undefined);
  }

  checkProof(): undefined {
    throw new Error("no proof is asked for here");
  }
}
