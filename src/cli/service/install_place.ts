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
 * @param files Those that aren't there yet count by their folders.
 * @throws {Error} When Windows doesn't tell.
 */
export function changeablePart(
  files: readonly string[],
  { exists, canChange, canReplace }: PlaceRights = WINDOWS,
): string | undefined {
  for (const file of files) {
    const [folder, ...above] = foldersOf(file);
    const near = exists(file) ? [file, folder!] : [folder!];
    const weak = near.find(canChange) ?? above.find(canReplace);
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
