import { formatPasswordFile, PasswordFileError } from "../../security/accounts/password_file.ts";
import { VNC_PASSWORD_LENGTH } from "../../security/policy.ts";
import { CommandError } from "../failure.ts";
import { NO_HOME } from "../folders.ts";
import type { Host } from "../host.ts";
import { askTwice } from "../new_password.ts";
import { defaultPasswordFile } from "../password_source.ts";
import type { Prompter } from "../prompter.ts";
import { replaceFile } from "../replace_file.ts";

/** Asks for a password and says what there is to be said against it. */
function askFor(prompter: Prompter, name: string, host: Host): string {
  const password = askTwice(prompter, name, host);
  const { length } = new TextEncoder().encode(password);
  if (length > VNC_PASSWORD_LENGTH) {
    host.complain(
      `warning: of these ${length} bytes, VNC Authentication uses only the first ` +
        `${VNC_PASSWORD_LENGTH}; viewers that know RSA-AES or X509Plain use them all`,
    );
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

/**
 * `vncd passwd [FILE]`: asks for the passwords and writes them to a password file.
 * @throws {CommandError} When an answer can't be used, or the file can't be written.
 */
export function passwd(file: string | undefined, host: Host, prompter: Prompter): void {
  const target = file ?? defaultPasswordFile(host.environment);
  if (!target) throw new CommandError(`${NO_HOME}; name the file: vncd passwd FILE`);
  const full = askFor(prompter, "Password", host);
  const viewOnly = prompter.yesOrNo("Another password for those who may only watch?")
    ? askFor(prompter, "View-only password", host)
    : undefined;
  replaceFile(target, contentOf(full, viewOnly));
  host.print(`Written to ${target}.`);
}
