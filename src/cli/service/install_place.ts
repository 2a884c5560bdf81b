import { win32 } from "node:path";
import {
  ordinaryUsersCanChange,
  ordinaryUsersCanReplace,
} from "../../security/access/windows_access.ts";
import type { OwnProgram } from "./command_line.ts";

/** Who can change what; a test has one of its own. */
export interface PlaceRights {
  canChange(path: string): boolean;
  canReplace(folder: string): boolean;
}

const WINDOWS: PlaceRights = {
  canChange: ordinaryUsersCanChange,
  canReplace: ordinaryUsersCanReplace,
};

/**
 * What ordinary users could change so that a service of this program does what they want; undefined when
 * there is nothing: its files, the folders that they are in, where a library could be put, and one above
 * that could be exchanged.
 * @throws {Error} When Windows doesn't tell.
 */
export function changeablePart(
  { executable, script }: OwnProgram,
  { canChange, canReplace }: PlaceRights = WINDOWS,
): string | undefined {
  for (const file of [executable, ...script === undefined ? [] : [script]]) {
    const [folder, ...above] = foldersOf(file);
    const weak = [file, folder!].find(canChange) ?? above.find(canReplace);
    if (weak !== undefined) return weak;
  }
  return undefined;
}

/** The folders that a file is in, the nearest first. */
function foldersOf(file: string): string[] {
  const folder = win32.dirname(file);
  return folder === file ? [] : [folder, ...foldersOf(folder)];
}
