import type { Rights } from "../rights.ts";
import { AccountsError } from "./accounts_error.ts";
import { nameProblem, normalizeName } from "./name_and_password.ts";
import { formatRights, parseRights, RIGHTS_WORDS } from "./rights_words.ts";
import { formatHash, parseHash, type ScryptHash } from "./scrypt.ts";

/** Somebody who may come in by name. */
export interface User {
  /** In the form that {@linkcode normalizeName} gives it. */
  readonly name: string;
  readonly rights: Rights;
  /** What proves it: a password with this hash, or whatever the operating system's account asks for. */
  readonly credential: ScryptHash | "system";
}

/** More than any users file; a larger one is something else. */
export const MAX_USERS_FILE_SIZE = 2 ** 20;

/** More than any name, rights and hash, in characters. */
const MAX_LINE_LENGTH = 1000;

/** Comments and empty lines say nothing. */
const saysNothing = (line: string): boolean => /^\s*(#|$)/.test(line);

/** The name that a line is about; the rest of the line may be wrong. */
const nameOf = (line: string): string => normalizeName(line.split(":", 1)[0]!);

function parseUser(line: string): User {
  if (line.length > MAX_LINE_LENGTH) {
    throw new AccountsError(`it has more than ${MAX_LINE_LENGTH} characters`);
  }
  const [, list, credential, ...rest] = line.split(":");
  if (list === undefined || credential === undefined || rest.length > 0) {
    throw new AccountsError("a user is NAME:RIGHTS:HASH");
  }
  const name = nameOf(line);
  const problem = nameProblem(name);
  if (problem) throw new AccountsError(`a name ${problem}`);
  const rights = parseRights(list);
  // What stands there isn't repeated: it may be a password that got into the wrong place.
  if (!rights) throw new AccountsError(`rights are a list of ${RIGHTS_WORDS}`);
  return { name, rights, credential: credential === "system" ? "system" : parseHash(credential) };
}

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw new AccountsError("it isn't text in UTF-8");
  }
}

/**
 * Reads the content of a users file: a line a user, `NAME:RIGHTS:HASH`. RIGHTS are words with commas
 * between them; HASH is what scrypt made of the password, or the word `system`. Lines that begin with `#`
 * are comments.
 * @throws {AccountsError} Says in which line the first mistake is, and never what stands there.
 */
export function parseUsers(content: Uint8Array): readonly User[] {
  const users = new Map<string, { readonly user: User; readonly line: number }>();
  for (const [i, text] of decode(content).split(/\r?\n/).entries()) {
    if (saysNothing(text)) continue;
    const line = i + 1;
    try {
      const user = parseUser(text);
      const other = users.get(user.name);
      if (other) throw new AccountsError(`line ${other.line} has the same name`);
      users.set(user.name, { user, line });
    } catch (error) {
      if (!(error instanceof AccountsError)) throw error;
      throw new AccountsError(`line ${line}: ${error.message}`);
    }
  }
  return [...users.values()].map(({ user }) => user);
}

/** The line of a users file, without its end, that says who a user is. */
export function formatUser({ name, rights, credential }: User): string {
  const hash = credential === "system" ? credential : formatHash(credential);
  return `${name}:${formatRights(rights)}:${hash}`;
}

/**
 * The content of a users file with another line for one name; all other lines stay as they are.
 * @param name Whose line it is.
 * @param user What takes its place, or is added at the end; undefined takes it away.
 */
export function withUser(content: Uint8Array, name: string, user: User | undefined): string {
  const lines = decode(content).split("\n");
  // What follows the last line's end.
  const rest = lines.pop();
  if (rest) lines.push(rest);
  const isOld = (line: string) => !saysNothing(line) && nameOf(line) === name;
  const at = lines.findIndex(isOld);
  const replacement = user === undefined ? [] : [formatUser(user)];
  lines.splice(at < 0 ? lines.length : at, at < 0 ? 0 : 1, ...replacement);
  return lines.map((line) => `${line}\n`).join("");
}
