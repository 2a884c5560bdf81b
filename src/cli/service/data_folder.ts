import { messageOf } from "../../log.ts";
import {
  isLink,
  makeAdministratorsFolder,
  ordinaryUsersCanChange,
} from "../../security/access/windows_access.ts";
import { CommandError } from "../failure.ts";
import { NO_HOME } from "../folders.ts";
import type { Environment } from "../parse.ts";

/**
 * The folder with what the service reads and keeps: passwords, keys, its log.
 * @throws {CommandError} When Windows doesn't say where programs keep such things.
 */
export function serviceFolder({ ProgramData }: Environment): string {
  if (!ProgramData) throw new CommandError(`${NO_HOME}: ProgramData is missing`);
  return `${ProgramData}\\vncd`;
}

/** The environment of a vncd that keeps everything there, and nothing with a user's data. */
export function serviceEnvironment(environment: Environment): Environment {
  const { ProgramData } = environment;
  return { ...environment, APPDATA: ProgramData, LOCALAPPDATA: ProgramData };
}

/**
 * Makes that folder, for SYSTEM and administrators alone. Anybody may make a folder beside it: one that
 * is there already may be somebody's who waits for what is put into it.
 * @param force Takes one as it is.
 * @throws {CommandError} When there can't be such a folder.
 */
export function provideServiceFolder(folder: string, force: boolean): void {
  if (!force && isLink(folder)) {
    throw new CommandError(`${folder} leads elsewhere, as who made it wants it; remove it`);
  }
  try {
    if (makeAdministratorsFolder(folder) || force || !ordinaryUsersCanChange(folder)) return;
  } catch (error) {
    throw new CommandError(messageOf(error));
  }
  throw new CommandError(
    `${folder} is there already, and others than administrators can change what is in it; move it away`,
  );
}
