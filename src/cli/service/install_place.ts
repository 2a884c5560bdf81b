import { win32 } from "node:path";
import {
  ordinaryUsersCanChange,
  ordinaryUsersCanReplace,
} from "../../security/access/windows_access.ts";

/** Who can change what; a test has one of its own. */
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

/**
 * What ordinary users could change so that a service that uses these files does what they want; undefined
 * when there is nothing: the files, the folders that they are in, where a library could be put, and one
 * above that could be exchanged.
 * @param files Those that aren't there yet count by the nearest folder that is.
 * @throws {Error} When Windows doesn't tell.
 */
export function changeablePart(
  files: readonly string[],
  { exists, canChange, canReplace }: PlaceRights = WINDOWS,
): string | undefined {
  for (const file of files) {
    const there = [file, ...foldersOf(file)].filter(exists);
    // Who can change the nearest folder can make in it what isn't there yet.
    const near = there[0] === file ? 2 : 1;
    const weak = there.slice(0, near).find(canChange) ?? there.slice(near).find(canReplace);
    if (weak !== undefined) return weak;
  }
  return undefined;
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** The folders that a file is in, the nearest first. */
function foldersOf(file: string): string[] {
  const folder = win32.dirname(file);
  return folder === file ? [] : [folder, ...foldersOf(folder)];
}
