import { ROOT } from "./root.ts";

/** The one file that `deno task compile` makes. */
export const BUILT = `${ROOT}dist/vncd`;

/** Where it unpacks itself and keeps its keys when tests run it: not where the user's vncd does. */
export const BUILT_ENV = {
  XDG_CACHE_HOME: `${ROOT}dist/cache`,
  XDG_STATE_HOME: `${ROOT}dist/state`,
};

/** What it is made of. */
const SOURCES = ["main.ts", "deno.json", "deno.lock", "src", ".build"];

/**
 * Makes dist/vncd, unless it is newer than all that it is made of.
 * @throws {Error} With what `deno task compile` said.
 */
export async function buildVncd(): Promise<void> {
  const built = await Deno.stat(BUILT).then(({ mtime }) => Number(mtime), () => -1);
  const newest = await Promise.all(SOURCES.map((name) => newestIn(`${ROOT}${name}`)));
  if (built > Math.max(...newest)) return;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "compile"],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** When a file, or anything in a folder, was changed last. */
async function newestIn(path: string): Promise<number> {
  const { mtime, isDirectory } = await Deno.stat(path);
  const inside = isDirectory
    ? await Array.fromAsync(Deno.readDir(path), ({ name }) => newestIn(`${path}/${name}`))
    : [];
  return Math.max(Number(mtime), ...inside);
}
