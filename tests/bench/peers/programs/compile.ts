import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { tempDir } from "../../../viewers/support/temp_dir.ts";

/** The libraries of the benchmark's own programs. */
const LIBRARIES = {
  scene: ["X11", "Xext", "m"],
  watch: ["vncclient"],
  crowd: ["pthread"],
  limits: ["X11", "Xext", "turbojpeg", "m", "pthread"],
} as const;

type ProgramName = keyof typeof LIBRARIES;

/** Paths of the programs, compiled. They go when it is disposed of. */
export type Programs = Readonly<Record<ProgramName, string>> & AsyncDisposable;

async function compile(name: ProgramName, folder: string): Promise<string> {
  const source = fileURLToPath(new URL(`./${name}.c`, import.meta.url));
  const path = join(folder, name);
  const libraries = LIBRARIES[name].map((library) => `-l${library}`);
  const { success, stderr } = await new Deno.Command("cc", {
    args: ["-O2", "-Wall", "-Werror", "-o", path, source, ...libraries],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return path;
}

/**
 * Compiles the programs that draw, watch and measure.
 * @throws {Error} With what the compiler said.
 */
export async function compilePrograms(): Promise<Programs> {
  await using resources = new AsyncDisposableStack();
  const { path } = resources.use(await tempDir());
  const [scene, watch, crowd, limits] = await Promise.all([
    compile("scene", path),
    compile("watch", path),
    compile("crowd", path),
    compile("limits", path),
  ]);
  const kept = resources.move();
  return { scene, watch, crowd, limits, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
