import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { tempDir } from "./temp_dir.ts";

/** A file that goes when it is disposed of. */
export interface Compiled extends AsyncDisposable {
  readonly path: string;
}

/**
 * Compiles a C file.
 * @param args Further arguments of the compiler, such as `-lvncclient`.
 * @throws {Error} With what the compiler said.
 */
export async function compile(source: URL, ...args: string[]): Promise<Compiled> {
  await using resources = new AsyncDisposableStack();
  const path = join(resources.use(await tempDir()).path, "compiled");
  const { success, stderr } = await new Deno.Command("cc", {
    args: ["-O1", "-Wall", "-Werror", "-o", path, fileURLToPath(source), ...args],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const kept = resources.move();
  return { path, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
