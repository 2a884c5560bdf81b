import { CommandError } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Prompter } from "./prompter.ts";

/** Characters of a password that isn't weak; VNC Authentication has room for just as many. */
const WEAK_LENGTH = 8;

/**
 * Asks for a new password twice, and warns of one that is easily guessed.
 * @param name What the question calls it.
 * @throws {CommandError} When it is empty, holds control characters, or isn't the same both times.
 */
export function askTwice(prompter: Prompter, name: string, host: Pick<Host, "complain">): string {
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
  if ([...password].length < WEAK_LENGTH) {
    host.complain(`warning: a password of less than ${WEAK_LENGTH} characters is easily guessed`);
  }
  return password;
}
