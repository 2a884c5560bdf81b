import type { Environment } from "./parse.ts";

/** Where vncd keeps a file that the user writes; undefined when the user has no home. */
export function configFile(environment: Environment, name: string): string | undefined {
  const { HOME, XDG_CONFIG_HOME, APPDATA } = environment;
  // The XDG specification wants a relative path ignored.
  const config = XDG_CONFIG_HOME?.startsWith("/") ? XDG_CONFIG_HOME : HOME && `${HOME}/.config`;
  const folder = config || APPDATA;
  return folder && `${folder}/vncd/${name}`;
}
