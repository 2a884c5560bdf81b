import {
  canBePassword,
  nameProblem,
  normalizeName,
} from "../../security/accounts/name_and_password.ts";
import { parseRights, RIGHTS_WORDS } from "../../security/accounts/rights_words.ts";
import { hashPassword } from "../../security/accounts/scrypt.ts";
import {
  MAX_USERS_FILE_SIZE,
  parseUsers,
  type User,
  withUser,
} from "../../security/accounts/users_file.ts";
import { ALL_RIGHTS, type Rights } from "../../security/rights.ts";
import { readSecretFile, reasonOf } from "../../security/secret_file.ts";
import { CommandError } from "../failure.ts";
import { NO_HOME } from "../folders.ts";
import type { Host } from "../host.ts";
import { askTwice } from "../new_password.ts";
import type { Prompter } from "../prompter.ts";
import { replaceFile } from "../replace_file.ts";
import { UsageError } from "../usage_error.ts";
import { defaultUsersFile } from "../users_source.ts";

/** What a users file holds; one that doesn't exist holds nothing. */
interface Content {
  readonly bytes: Uint8Array;
  readonly users: readonly User[];
}

/** @throws {CommandError} When there is a file, but it can't be used. */
function readUsers(file: string): Content {
  try {
    const { content } = readSecretFile(file, MAX_USERS_FILE_SIZE);
    return { bytes: content, users: parseUsers(content) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { bytes: new Uint8Array(), users: [] };
    throw new CommandError(`can't use users file ${file}: ${reasonOf(error)}; nothing is written`);
  }
}

/** @throws {CommandError} When what is given as a password can't be one. */
function askPassword(name: string, host: Host, prompter: Prompter): Uint8Array {
  const text = askTwice(prompter, `Password for ${name}`, host);
  const password = new TextEncoder().encode(text);
  if (!canBePassword(password)) {
    throw new CommandError("viewers can't send a password of so many bytes; nothing is written");
  }
  return password;
}

/**
 * Gives a user of a users file a new password.
 * @param rights Undefined leaves them as they are, and gives a new user all.
 * @throws {CommandError} When an answer can't be used, or the file can't be.
 */
async function setUser(
  file: string,
  name: string,
  rights: Rights | undefined,
  host: Host,
  prompter: Prompter,
): Promise<void> {
  // One that can't be used is told before anybody types.
  readUsers(file);
  const credential = await hashPassword(askPassword(name, host, prompter));
  // Others may have been removed or added while somebody typed: that must not be undone.
  const { bytes, users } = readUsers(file);
  const old = users.find((user) => user.name === name);
  const user = { name, rights: rights ?? old?.rights ?? ALL_RIGHTS, credential };
  replaceFile(file, withUser(bytes, name, user));
  host.print(`Written to ${file}, which vncd uses with --users ${file}.`);
}

/**
 * Takes a user out of a users file.
 * @throws {CommandError} When there is none of that name, or the file can't be used.
 */
export function removeUser(file: string, name: string, host: Host): void {
  const { bytes, users } = readUsers(file);
  if (!users.some((user) => user.name === name)) {
    throw new CommandError(`there is no user ${JSON.stringify(name)} in ${file}`);
  }
  replaceFile(file, withUser(bytes, name, undefined));
  host.print(`${name} is no longer in ${file}.`);
}

/**
 * `vncd user NAME [RIGHTS]` asks for a user's password and writes a line of a users file;
 * `vncd user NAME remove` takes the line away.
 * @param operands What follows the command.
 * @param given The file that the options name.
 * @throws {UsageError} When the operands make no sense.
 * @throws {CommandError} When an answer can't be used, or the file can't be.
 */
export async function user(
  operands: readonly string[],
  given: string | undefined,
  host: Host,
  prompter: Prompter,
): Promise<void> {
  const [text, action, ...rest] = operands;
  if (text === undefined || rest.length > 0) {
    throw new UsageError("vncd user takes a name and, if you like, rights or the word remove");
  }
  const name = normalizeName(text);
  const problem = nameProblem(name);
  if (problem) throw new UsageError(`a name ${problem}`);
  const file = given ?? defaultUsersFile(host.environment);
  if (!file) throw new CommandError(`${NO_HOME}; name the file: --users FILE`);
  if (action === "remove") return removeUser(file, name, host);
  const rights = action === undefined ? undefined : parseRights(action);
  if (action !== undefined && rights === undefined) {
    throw new UsageError(`rights are a list of ${RIGHTS_WORDS}, not ${JSON.stringify(action)}`);
  }
  await setUser(file, name, rights, host, prompter);
}
