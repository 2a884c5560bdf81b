// deno-lint-ignore-file no-console -- a program for the terminal
//
// `deno task kernels`: compiles each kernel of src, X.as.ts, to X.wasm beside it. Kernels may import
// from X.part.as.ts in the same folder.

import { main } from "assemblyscript/asc";

const SOURCES = `${import.meta.dirname}/../src`;

async function* kernelsIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* kernelsIn(`${folder}/${name}`);
    else if (name.endsWith(".as.ts") && !name.endsWith(".part.as.ts")) yield `${folder}/${name}`;
  }
}

/**
 * Compiles a kernel; it gets its memory from whoever instantiates it, and has no data of its own.
 * @throws {Error} With what the compiler said.
 */
export async function compileKernel(source: string): Promise<Uint8Array> {
  const folder = source.slice(0, source.lastIndexOf("/"));
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await main(
    [
      ...["kernel.ts", "--outFile", "kernel.wasm", "-O3", "--enable", "simd"],
      ...["--runtime", "stub", "--importMemory", "--noAssert", "--use", "abort="],
      // Kernels use their memory from its start; else addresses are taken to be no lower than 1024.
      ...["--memoryBase", "16"],
    ],
    {
      readFile(name) {
        if (name === "kernel.ts") return Deno.readTextFileSync(source);
        return name.endsWith(".part.as.ts") ? Deno.readTextFileSync(`${folder}/${name}`) : null;
      },
      writeFile: (_name, contents) => {
        if (contents instanceof Uint8Array) wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || wasm === undefined) throw new Error(`${source}: ${stderr}`);
  return wasm;
}

/** Every kernel's source. */
export const kernelSources = (): Promise<string[]> => Array.fromAsync(kernelsIn(SOURCES));

if (import.meta.main) {
  for (const source of await kernelSources()) {
    const wasm = await compileKernel(source);
    await Deno.writeFile(source.replace(/\.as\.ts$/, ".wasm"), wasm);
    console.log(`${source.slice(SOURCES.length + 1)}: ${wasm.length} bytes`);
  }
}
