const PAGE = 65536;

/** The bytes of a vector, from multiples of which kernels read fastest. */
const VECTOR = 16;

/** Bytes before and behind what kernels work on that they may read, or write and not use: a cell's row. */
const MARGIN = 64;

/** Memory for kernels to work on, all zero. */
export function kernelMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/**
 * Plans what a memory holds, one room behind the other, 64 bytes between them and behind the last.
 *
 * @example
 * ```ts
 * const plan = new MemoryPlan();
 * const work = plan.room(1024);
 * const pixels = plan.room(4 * 1920);
 * const memory = plan.memory();
 * ```
 */
export class MemoryPlan {
  #end = 0;

  /** Where room for so many bytes begins. */
  room(bytes: number): number {
    const start = this.#end;
    this.#end += Math.ceil((bytes + MARGIN) / VECTOR) * VECTOR;
    return start;
  }

  /** Memory with all that was planned. */
  memory(): WebAssembly.Memory {
    return kernelMemory(this.#end);
  }
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
