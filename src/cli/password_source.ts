import { messageOf } from "../log.ts";
import {
  parsePasswordFile,
  PasswordFileError,
  type Passwords,
} from "../security/accounts/password_file.ts";
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

/** Where `vncd passwd` writes to and vncd looks first; undefined when the user has no home. */
export function defaultPasswordFile(environment: Environment): string | undefined {
  const { HOME, XDG_CONFIG_HOME, APPDATA } = environment;
  // The XDG specification wants a relative path ignored.
  const config = XDG_CONFIG_HOME?.startsWith("/") ? XDG_CONFIG_HOME : HOME && `${HOME}/.config`;
  const folder = config || APPDATA;
  return folder && `${folder}/vncd/passwd`;
}

function readFile(file: string): { content: Uint8Array; isOpenToOthers: boolean } {
  using handle = Deno.openSync(file);
  const { mode, isFile } = handle.statSync();
  const buffer = new Uint8Array(MAX_FILE_SIZE + 1);
  let length = 0;
  while (length < buffer.length) {
    const count = handle.readSync(buffer.subarray(length));
    if (count === null) break;
    length += count;
  }
  if (length > MAX_FILE_SIZE) throw new PasswordFileError("it is too large to be one");
  // Windows says no mode; a pipe's (`--password-file <(pass show vnc)`) says nothing.
  const isOpenToOthers = isFile && mode !== null && (mode & 0o077) !== 0;
  return { content: buffer.subarray(0, length), isOpenToOthers };
}

function reasonOf(error: unknown): string {
  if (error instanceof PasswordFileError) return error.message;
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.PermissionDenied) return "this user may not read it";
  if (error instanceof Deno.errors.IsADirectory) return "it is a directory";
  if (error instanceof Deno.errors.NotCapable) return "Deno opens nothing in /dev or /proc";
  return messageOf(error);
}

/** @throws {CommandError} When the file can't be read or isn't a password file. */
function loadFile(file: string, warn: (message: string) => void): PasswordSource {
  try {
    const { content, isOpenToOthers } = readFile(file);
    const passwords = parsePasswordFile(content);
    if (isOpenToOthers) {
      warn(`other users of this machine can get at ${file}; protect it: chmod 600 ${file}`);
    }
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
    return !(error instanceof Deno.errors.NotFound);
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
