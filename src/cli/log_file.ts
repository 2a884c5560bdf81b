import { dirname, join } from "node:path";
import { openPrivateLog, reasonOf } from "../security/secret_file.ts";
import { CommandError } from "./failure.ts";
import { NO_HOME, stateDirectory } from "./folders.ts";
import { type Host, writeLine } from "./host.ts";
import type { Options } from "./options.ts";
import { loadServiceLibraries } from "./service/libraries.ts";

/**
 * Where the log goes that the options ask for; without a console from here on, if they say so.
 * @returns Takes its lines.
 * @throws {CommandError} When the file can't be written.
 */
export function logOutlet(
  { logFile, noConsole }: Pick<Options, "logFile" | "noConsole">,
  { complain, environment }: Host,
): (line: string) => void {
  if (logFile === undefined && !noConsole) return complain;
  const folder = stateDirectory(environment);
  const file = logFile ?? (folder && join(folder, "vncd.log"));
  if (file === undefined) throw new CommandError(`${NO_HOME}; say where the log goes: --log-file`);
  const write = logToFile(file);
  if (noConsole) leaveConsole();
  return write;
}

/** @throws {CommandError} When the file can't be written. */
function logToFile(file: string): (line: string) => void {
  try {
    Deno.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const handle = openPrivateLog(file);
    return (line) => writeLine(handle, line);
  } catch (error) {
    throw new CommandError(`can't write the log to ${file}: ${reasonOf(error)}`);
  }
}

/** A console that nobody else uses goes, with its window; from another's this process parts. */
function leaveConsole(): void {
  if (Deno.build.os !== "windows") throw new CommandError("--no-console is for Windows");
  loadServiceLibraries().kernel32.FreeConsole();
}
