import { assertEquals } from "@std/assert";
import { compileKernel, kernelSources } from "../../.build/kernels.ts";

for (const source of await kernelSources()) {
  const name = source.slice(source.lastIndexOf("/src/") + 5);
  Deno.test(`${name} is what its .wasm was compiled from`, async () => {
    const wasm = await Deno.readFile(source.replace(/\.as\.ts$/, ".wasm"));
    assertEquals(new Uint8Array(await compileKernel(source)), wasm);
  });
}
