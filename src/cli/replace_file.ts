import { dirname } from "node:path";
import { messageOf } from "../log.ts";
import { CommandError } from "./failure.ts";

/**
 * Replaces a file at once, so that nobody ever finds half of it, or finds it readable for others.
 * @throws {CommandError} When it can't be written.
 */
export function replaceFile(file: string, content: string): void {
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
