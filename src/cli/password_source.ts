import { parsePasswordFile, type Passwords } from "../security/accounts/password_file.ts";
import { openToOthers, readSecretFile, reasonOf } from "../security/secret_file.ts";
import { configFile } from "./config_file.ts";
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

/**
 * What looking for a file fails with that isn't there. A service's HOME may be /dev/null: Deno opens
 * nothing there.
 */
const ABSENT = [Deno.errors.NotFound, Deno.errors.NotADirectory, Deno.errors.NotCapable];

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

function exists(file: string): boolean {
  try {
    Deno.statSync(file);
    return true;
  } catch (error) {
    // Others, such as one that may not be looked at, are for loadFile to explain.
    return !ABSENT.some((type) => error instanceof type);
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
  const { HOME } = environment;
  const usual = [defaultPasswordFile(environment), HOME && `${HOME}/.vnc/passwd`];
  const file = usual.find((each) => each && exists(each));
  if (file) return loadFile(file, warn);
  const text = randomPassword(length);
  return { from: "chance", text, passwords: { full: new TextEncoder().encode(text) } };
}
