import { win32 } from "node:path";
import {
  ordinaryUsersCanChange,
  ordinaryUsersCanReplace,
} from "../../security/access/windows_access.ts";
import { exists } from "../../security/secret_file.ts";
import { CommandError } from "../failure.ts";
import type { Options } from "../options.ts";
import { FILES, isBundle, type OwnProgram } from "./command_line.ts";

/** What is there, and who can change it; a test has one of its own. */
export interface PlaceRights {
  exists(path: string): boolean;
  canChange(path: string): boolean;
  canReplace(folder: string): boolean;
}

const WINDOWS: PlaceRights = {
  exists,
  canChange: ordinaryUsersCanChange,
  canReplace: ordinaryUsersCanReplace,
};

/** One file for cmd.exe to start, by its whole name: `C:\\ask.cmd`, or `"C:\\my files\\ask.cmd"`. */
const ONE_FILE = /^(?:"([a-z]:\\[^"%]+)"|([a-z]:\\[\w.\\-]+))$/i;

/**
 * The files that a service with these options runs, reads and writes.
 * @throws {CommandError} When it would use others, too.
 */
export function consumedFiles({ executable, script }: OwnProgram, options: Options): string[] {
  if (script !== undefined && !isBundle(script)) {
    throw new CommandError(
      "the service would run by many files, any of which may be changed; " +
        "install it from vncd.exe, or use --force",
    );
  }
  return [executable, script, ...FILES.map((key) => options[key]), commandFile(options)]
    .filter((file) => file !== undefined);
}

function commandFile({ accept }: Options): string | undefined {
  if (accept === undefined || accept === "ask") return undefined;
  const match = ONE_FILE.exec(accept);
  if (match !== null) return match[1] ?? match[2];
  throw new CommandError(
    "the command of --accept has the service's rights, and only one file by its whole name can be " +
      "looked at; see that ordinary users can change nothing that it uses, and use --force",
  );
}

/**
 * What ordinary users could change so that a service which uses these files does what they want; undefined
 * when there is nothing: the files, the folders that they are in, where a library could be put, and one
 * above that could be exchanged. Who can change the folder can make a file that isn't there yet.
 * @throws {Error} When Windows doesn't tell.
 */
export function changeablePart(
  files: readonly string[],
  { exists, canChange, canReplace }: PlaceRights = WINDOWS,
): string | undefined {
  for (const given of files) {
    const file = win32.resolve(given);
    const there = [file, ...foldersOf(file)].filter(exists);
    const near = there[0] === file ? 2 : 1;
    const weak = there.slice(0, near).find(canChange) ?? there.slice(near).find(canReplace);
    if (weak !== undefined) return weak;
  }
  return undefined;
}

/** The folders that a file is in, the nearest first. */
function foldersOf(file: string): string[] {
  const folder = win32.dirname(file);
  return folder === file ? [] : [folder, ...foldersOf(folder)];
}
