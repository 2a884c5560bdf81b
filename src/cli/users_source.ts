import type { Logger } from "../log.ts";
import { AccountsError } from "../security/accounts/accounts_error.ts";
import { nameProblem, normalizeName } from "../security/accounts/name_and_password.ts";
import { openSystemAccounts, type SystemAccounts } from "../security/accounts/system_accounts.ts";
import { UserAccounts } from "../security/accounts/user_accounts.ts";
import { MAX_USERS_FILE_SIZE, parseUsers, type User } from "../security/accounts/users_file.ts";
import { ALL_RIGHTS } from "../security/rights.ts";
import {
  openToOthers,
  readChangingSecretFile,
  reasonOf,
  stampOf,
} from "../security/secret_file.ts";
import { configFile } from "./folders.ts";
import { CommandError } from "./failure.ts";
import type { Options } from "./options.ts";
import type { Environment } from "./parse.ts";

/** Where `vncd user` writes to, unless told; undefined when the user has no home. */
export function defaultUsersFile(environment: Environment): string | undefined {
  return configFile(environment, "users");
}

/** The users of a file, which is read anew when it has changed, and those of the system. */
export class UsersFile {
  readonly #file: string;
  readonly #ofSystem: readonly User[];
  readonly #warn: (message: string) => void;
  #stamp = "";
  #users: readonly User[] = [];

  /**
   * @param ofSystem Users of the system besides; for a name that is among both, the file decides.
   * @param warn Is told when others can read it.
   */
  constructor(file: string, ofSystem: readonly User[], warn: (message: string) => void) {
    this.#file = file;
    this.#ofSystem = ofSystem;
    this.#warn = warn;
  }

  /**
   * @returns The users; the same array as the last time when the file hasn't changed.
   * @throws {AccountsError} When it can't be used.
   */
  load(): readonly User[] {
    try {
      const stamp = stampOf(this.#file);
      if (stamp !== this.#stamp) this.#read(stamp);
      return this.#users;
    } catch (error) {
      throw new AccountsError(`can't use users file ${this.#file}: ${reasonOf(error)}`);
    }
  }

  #read(stamp: string): void {
    const { content, isOpenToOthers } = readChangingSecretFile(this.#file, MAX_USERS_FILE_SIZE);
    const users = parseUsers(content);
    if (isOpenToOthers) this.#warn(openToOthers(this.#file));
    const names = new Set(users.map(({ name }) => name));
    this.#users = [...users, ...this.#ofSystem.filter(({ name }) => !names.has(name))];
    this.#stamp = stamp;
  }
}

/** @throws {CommandError} When there can't be such a name. */
function systemUser(given: string): User {
  const name = normalizeName(given);
  const problem = nameProblem(name);
  if (problem) throw new CommandError(`--system-users: a name ${problem}`);
  return { name, rights: ALL_RIGHTS, credential: "system" };
}

/** vncd's own configuration of PAM where there is one, else that of a login at the console. */
function pamService(): string {
  try {
    Deno.statSync("/etc/pam.d/vncd");
    return "vncd";
  } catch {
    return "login";
  }
}

function openSystem(log: Pick<Logger, "info">): SystemAccounts {
  const service = pamService();
  const accounts = openSystemAccounts(service);
  if (Deno.build.os === "linux") log.info(`PAM decides by the rules in /etc/pam.d/${service}`);
  return accounts;
}

/**
 * The accounts that `--users` and `--system-users` name; undefined when they name none.
 * @throws {CommandError} When they can't be used.
 */
export function openUserAccounts(
  options: Pick<Options, "users" | "systemUsers">,
  log: Pick<Logger, "warn" | "info">,
): UserAccounts | undefined {
  if (options.users === undefined && options.systemUsers === undefined) return undefined;
  const ofSystem = (options.systemUsers ?? []).map(systemUser);
  const file = options.users && new UsersFile(options.users, ofSystem, log.warn);
  const load = () => file ? file.load() : ofSystem;
  try {
    return new UserAccounts({ load, openSystem: () => openSystem(log), log });
  } catch (error) {
    if (!(error instanceof AccountsError)) throw error;
    throw new CommandError(error.message);
  }
}
