import { fileURLToPath } from "node:url";

/** The benchmark's own programs: what draws, and what watches. */
export interface Programs {
  readonly scene: string;
  readonly watch: string;
}

const LIBRARIES: Record<keyof Programs, readonly string[]> = {
  scene: ["-lX11", "-lXext", "-lm"],
  watch: ["-lvncclient"],
};

/**
 * Compiles the programs into a folder.
 * @throws {Error} With what the compiler said.
 */
export async function compilePrograms(folder: string): Promise<Programs> {
  const compile = async (name: keyof Programs): Promise<string> => {
    const source = fileURLToPath(new URL(`./${name}.c`, import.meta.url));
    const path = `${folder}/${name}`;
    const { success, stderr } = await new Deno.Command("cc", {
      args: ["-O2", "-Wall", "-Werror", "-o", path, source, ...LIBRARIES[name]],
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return path;
  };
  return { scene: await compile("scene"), watch: await compile("watch") };
}
