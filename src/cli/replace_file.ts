import { messageOf } from "../log.ts";
import { replaceSecretFile } from "../security/secret_file.ts";
import { CommandError } from "./failure.ts";

/**
 * Replaces a file that holds secrets, as a command does.
 * @throws {CommandError} When it can't be written.
 */
export function replaceFile(file: string, content: string): void {
  try {
    replaceSecretFile(file, content);
  } catch (error) {
    throw new CommandError(messageOf(error));
  }
}
