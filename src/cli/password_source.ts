import { parsePasswordFile, type Passwords } from "../security/accounts/password_file.ts";
import { exists, openToOthers, readSecretFile, reasonOf } from "../security/secret_file.ts";
import { configFile, homeFolder } from "./folders.ts";
import { CommandError } from "./failure.ts";
import type { Options } from "./options.ts";
import type { Environment } from "./parse.ts";
import { randomPassword } from "./random_password.ts";

/** The passwords that viewers need, and where they are from. */
export type PasswordSource =
  | { readonly from: "nowhere" }
  | { readonly from: "chance"; readonly text: string; readonly passwords: Passwords }
  | { readonly from: "file"; readonly file: string; readonly passwords: Passwords };

/** More than any two passwords; a larger file is something else. */
const MAX_FILE_SIZE = 4096;

/** How many bytes the longest of them has; undefined where there is none. */
export function longestPassword(source: PasswordSource): number | undefined {
  if (source.from === "nowhere") return undefined;
  const { full, viewOnly } = source.passwords;
  return Math.max(full.length, viewOnly?.length ?? 0);
}

/** Where `vncd passwd` writes to and vncd looks first; undefined when the user has no home. */
export function defaultPasswordFile(environment: Environment): string | undefined {
  return configFile(environment, "passwd");
}

/** @throws {CommandError} When the file can't be read or isn't a password file. */
function loadFile(file: string, warn: (message: string) => void): PasswordSource {
  try {
    const { content, isOpenToOthers } = readSecretFile(file, MAX_FILE_SIZE);
    const passwords = parsePasswordFile(content);
    if (isOpenToOthers) warn(openToOthers(file));
    return { from: "file", file, passwords };
  } catch (error) {
    throw new CommandError(`can't use password file ${file}: ${reasonOf(error)}`);
  }
}

/**
 * Finds the passwords that viewers need: in the file asked for, else in that of `vncd passwd`, else in
 * that of vncpasswd; where there is none, makes a new one.
 * @param length How long a new one is.
 * @throws {CommandError} When there is a file, but it can't be used.
 */
export function findPasswords(
  options: Pick<Options, "passwordFile">,
  environment: Environment,
  length: number,
  warn: (message: string) => void,
): PasswordSource {
  if (options.passwordFile !== undefined) return loadFile(options.passwordFile, warn);
  const home = homeFolder(environment);
  const usual = [defaultPasswordFile(environment), home && `${home}/.vnc/passwd`];
  // One that may not be looked at is for loadFile to explain.
  const file = usual.find((each) => each && exists(each));
  if (file) return loadFile(file, warn);
  const text = randomPassword(length);
  return { from: "chance", text, passwords: { full: new TextEncoder().encode(text) } };
}
