const PAGE = 65536;

/** Memory for kernels to work on, all zero. */
export function kernelMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/**
 * Makes the functions of a kernel, which `deno task kernels` compiled, work on a memory.
 * @param wasm Its code, as compiled by {@linkcode compileKernel}.
 */
export function instantiate<Functions>(
  wasm: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Functions {
  return new WebAssembly.Instance(wasm, { env: { memory } }).exports as Functions;
}

/** Compiles a kernel's code the first time that it is called for. */
export function lazyKernel(code: Uint8Array<ArrayBuffer>): () => WebAssembly.Module {
  let module: WebAssembly.Module | undefined;
  return () => module ??= new WebAssembly.Module(code);
}
