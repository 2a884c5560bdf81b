import { join } from "node:path";
import type { Environment } from "./parse.ts";

/** Why there is no place for a file, for a person. */
export const NO_HOME = "the environment names no home directory";

/** What HOME is for many a service. Deno opens nothing below it, not even to find nothing. */
const NOWHERE = "/dev/null";

/** The user's home; undefined when there is none, or it depends on the current folder. */
export function homeFolder({ HOME }: Environment): string | undefined {
  return HOME?.startsWith("/") && HOME !== NOWHERE ? HOME : undefined;
}

/** Where vncd keeps a file that the user writes; undefined when there is no home. */
export function configFile(
  environment: Environment,
  name: string,
  os: typeof Deno.build.os = Deno.build.os,
): string | undefined {
  const folder = os === "windows"
    ? inWindows(environment.APPDATA)
    : inUnix(environment, environment.XDG_CONFIG_HOME, ".config");
  return folder && join(folder, name);
}

/** Where vncd keeps its keys; undefined when there is no home. */
export function stateDirectory(
  environment: Environment,
  os: typeof Deno.build.os = Deno.build.os,
): string | undefined {
  return os === "windows"
    ? inWindows(environment.LOCALAPPDATA)
    : inUnix(environment, environment.XDG_STATE_HOME, ".local/state");
}

function inWindows(folder: string | undefined): string | undefined {
  return folder ? `${folder}\\vncd` : undefined;
}

function inUnix(environment: Environment, own: string | undefined, usual: string) {
  // The XDG specification wants a relative path ignored.
  if (own?.startsWith("/")) return `${own}/vncd`;
  const home = homeFolder(environment);
  return home && `${home}/${usual}/vncd`;
}
