import { type Logger, messageOf } from "../../log.ts";
import type { Rights } from "../rights.ts";
import { Queue } from "../queue.ts";
import type { Accounts } from "./accounts.ts";
import { canBePassword, normalizeName } from "./name_and_password.ts";
import {
  decoyHash,
  DEFAULT_COST,
  isPasswordOf,
  type Scrypt,
  scrypt,
  type ScryptCost,
  type ScryptHash,
} from "./scrypt.ts";
import type { SystemAccounts } from "./system_accounts.ts";
import type { User } from "./users_file.ts";

export interface UserAccountsOptions {
  /**
   * The users; the same array as the last time when nothing has changed. It is asked before every check, so
   * that users come and go without a restart. Throws when there is no making them out.
   */
  load(): readonly User[];
  /** Gives access to the system's accounts. Called once, as soon as a user has one. */
  openSystem(): SystemAccounts;
  readonly log: Pick<Logger, "warn">;
  /** How hashes are computed, for tests. */
  readonly scrypt?: Scrypt;
}

/** Each takes a core and 32 MiB or more; the others wait. */
const HASHES_AT_ONCE = 2;

/** Whom the system is asked for in place of somebody it needn't know; it should know nobody like that. */
const DECOY_NAME = "vncd-nobody";
const DECOY_PASSWORD = new TextEncoder().encode("not a password");

/** The cost that most users' hashes have. */
function usualCost(users: Iterable<User>): ScryptCost {
  const costs = new Map<string, { count: number; readonly cost: ScryptCost }>();
  for (const { credential } of users) {
    if (credential === "system") continue;
    const { logN, r, p } = credential;
    const key = `${logN} ${r} ${p}`;
    const entry = costs.get(key) ?? { count: 0, cost: { logN, r, p } };
    entry.count++;
    costs.set(key, entry);
  }
  const [most] = [...costs.values()].sort((a, b) => b.count - a.count);
  return most?.cost ?? DEFAULT_COST;
}

/**
 * Users with a name, a password and rights of their own.
 *
 * Whoever is refused has cost one hash and, where any user has a system account, one question to the
 * system: with the user's own credential or with a decoy. So the time taken doesn't tell which names exist.
 */
export class UserAccounts implements Accounts {
  readonly hasNames = true;
  readonly #options: UserAccountsOptions;
  readonly #queue = new Queue(HASHES_AT_ONCE);
  /** What `load` returned, when it was last taken over. */
  #loaded: readonly User[] | undefined;
  #users: ReadonlyMap<string, User> = new Map();
  #decoy = decoyHash(DEFAULT_COST);
  #system: SystemAccounts | undefined;
  /** What was last said about users that can't be made out. */
  #complaint = "";

  /** @throws Whatever `load` and `openSystem` throw. */
  constructor(options: UserAccountsOptions) {
    this.#options = options;
    this.#load();
  }

  knows(name: string): boolean {
    return this.#users.has(normalizeName(name));
  }

  async check(
    name: string,
    password: Uint8Array,
    address?: string,
  ): Promise<Rights | undefined> {
    this.#refresh();
    // Before the name is looked at: a quick answer must not depend on it.
    if (!canBePassword(password)) return undefined;
    const user = this.#users.get(normalizeName(name));
    if (user?.credential === "system") {
      if (await this.#system!.check(user.name, password, address)) return user.rights;
      await this.#isRight(this.#decoy, password);
    } else {
      const isRight = await this.#isRight(user?.credential ?? this.#decoy, password);
      if (user && isRight) return user.rights;
      await this.#system?.check(DECOY_NAME, DECOY_PASSWORD, address);
    }
    return undefined;
  }

  checkProof(): undefined {
    // To know a password from its proof alone one would have to store the password itself.
    return undefined;
  }

  #isRight(hash: ScryptHash, password: Uint8Array): Promise<boolean> {
    const compute = this.#options.scrypt ?? scrypt;
    return this.#queue.pass(() => isPasswordOf(hash, password, compute));
  }

  /** Takes over new users; the old ones stay while there is no making out the new. */
  #refresh(): void {
    try {
      this.#load();
      this.#complaint = "";
    } catch (error) {
      const complaint = messageOf(error);
      if (complaint === this.#complaint) return;
      this.#complaint = complaint;
      this.#options.log.warn(`${complaint}; the users stay as they were`);
    }
  }

  #load(): void {
    const users = this.#options.load();
    if (users === this.#loaded) return;
    if (users.some(({ credential }) => credential === "system")) {
      this.#system ??= this.#options.openSystem();
    }
    this.#loaded = users;
    this.#users = new Map(users.map((user) => [user.name, user]));
    this.#decoy = decoyHash(usualCost(users));
  }
}
