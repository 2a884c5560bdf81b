/** The environment variables that say where a program keeps what it wants to find again. */
export interface StateEnvironment {
  readonly XDG_STATE_HOME?: string;
  readonly HOME?: string;
  readonly LOCALAPPDATA?: string;
}

/**
 * Where vncd keeps its keys; undefined when the user has no home.
 * @param os As `Deno.build.os` says.
 */
export function stateDirectory(
  environment: StateEnvironment,
  os: typeof Deno.build.os,
): string | undefined {
  const { XDG_STATE_HOME, HOME, LOCALAPPDATA } = environment;
  if (os === "windows") return LOCALAPPDATA ? `${LOCALAPPDATA}\\vncd` : undefined;
  // The XDG specification wants a relative path ignored.
  if (XDG_STATE_HOME?.startsWith("/")) return `${XDG_STATE_HOME}/vncd`;
  return HOME?.startsWith("/") ? `${HOME}/.local/state/vncd` : undefined;
}
