import { dirname } from "node:path";
import { messageOf } from "../../log.ts";
import {
  formatPasswordFile,
  PasswordFileError,
  VNC_PASSWORD_LENGTH,
} from "../../security/accounts/password_file.ts";
import { CommandError } from "../failure.ts";
import type { Host } from "../host.ts";
import { defaultPasswordFile } from "../password_source.ts";
import type { Prompter } from "../prompter.ts";

const WEAK_LENGTH = 6;

/**
 * Asks for a password twice.
 * @throws {CommandError} When it is empty, or not the same both times.
 */
function askTwice(prompter: Prompter, name: string, host: Host): string {
  const password = prompter.secret(`${name}:`);
  if (!password) throw new CommandError("no password was given; nothing is written");
  // A file tells its passwords apart by lines, and a viewer can't type control characters.
  // deno-lint-ignore no-control-regex
  if (/[\x00-\x1f\x7f]/.test(password)) {
    throw new CommandError("a password can't hold control characters; nothing is written");
  }
  if (prompter.secret("The same again:") !== password) {
    throw new CommandError("these are two different passwords; nothing is written");
  }
  const { length } = new TextEncoder().encode(password);
  if (length > VNC_PASSWORD_LENGTH) {
    host.complain(
      `warning: of these ${length} bytes, VNC Authentication uses only the first ` +
        `${VNC_PASSWORD_LENGTH}; viewers that know RSA-AES or X509Plain use them all`,
    );
  } else if (length < WEAK_LENGTH) {
    host.complain(`warning: a password of less than ${WEAK_LENGTH} characters is easily guessed`);
  }
  return password;
}

/** @throws {CommandError} When VNC Authentication can't tell the passwords apart. */
function contentOf(full: string, viewOnly: string | undefined): string {
  try {
    return formatPasswordFile(full, viewOnly);
  } catch (error) {
    if (!(error instanceof PasswordFileError)) throw error;
    throw new CommandError(`${error.message}; nothing is written`);
  }
}

/** Replaces a file at once, so that nobody ever finds half of it, or finds it readable for others. */
function replaceFile(file: string, content: string): void {
  const draft = `${file}.${crypto.randomUUID()}`;
  try {
    Deno.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    Deno.writeTextFileSync(draft, content, { createNew: true, mode: 0o600 });
    Deno.renameSync(draft, file);
  } catch (error) {
    try {
      Deno.removeSync(draft);
    } catch {
      // It was never made.
    }
    throw new CommandError(`can't write ${file}: ${messageOf(error).split(":")[0]}`);
  }
}

/**
 * `vncd passwd [FILE]`: asks for the passwords and writes them to a password file.
 * @throws {CommandError} When an answer can't be used, or the file can't be written.
 */
export function passwd(file: string | undefined, host: Host, prompter: Prompter): void {
  const target = file ?? defaultPasswordFile(host.environment);
  if (!target) throw new CommandError("HOME isn't set; name the file: vncd passwd FILE");
  const full = askTwice(prompter, "Password", host);
  const viewOnly = prompter.yesOrNo("Another password for those who may only watch?")
    ? askTwice(prompter, "View-only password", host)
    : undefined;
  replaceFile(target, contentOf(full, viewOnly));
  host.print(`Written to ${target}.`);
}
