import { PlatformError } from "../../../errors.ts";

/** How a method of a COM interface is called; the pointer to the object comes first by itself. */
export interface Method {
  /** Its place in the interface's table of functions. */
  readonly index: number;
  readonly parameters: readonly Deno.NativeType[];
  readonly result: "i32" | "void";
}

/** What Deno's FFI takes for a method's parameters. */
export type Argument = number | bigint | Deno.PointerValue | BufferSource | null;

const RELEASE = 2;
const QUERY_INTERFACE: Method = { index: 0, parameters: ["buffer", "buffer"], result: "i32" };

/**
 * An object of COM, by a pointer to one of its interfaces. `using` gives it back.
 *
 * @example
 * ```ts
 * using adapter = device.get("the adapter", IDXGIDevice.GetAdapter);
 * ```
 */
export class ComObject implements Disposable {
  readonly pointer: Deno.PointerObject;
  readonly #functions: Deno.UnsafePointerView;
  readonly #callables = new Map<number, (...args: unknown[]) => unknown>();
  #isReleased = false;

  /** @param pointer Counts as one reference, which is this object's from now on. */
  constructor(pointer: Deno.PointerObject) {
    this.pointer = pointer;
    const table = new Deno.UnsafePointerView(pointer).getPointer();
    this.#functions = new Deno.UnsafePointerView(table!);
  }

  /**
   * Calls a method.
   * @returns Its HRESULT, negative when it failed.
   */
  call(method: Method, ...args: readonly Argument[]): number {
    return this.#callable(method)(this.pointer, ...args) as number;
  }

  /**
   * Calls a method that must not fail.
   * @param what What it is to give, for the message.
   * @throws {PlatformError} When it fails.
   */
  do(what: string, method: Method, ...args: readonly Argument[]): void {
    check(what, this.call(method, ...args));
  }

  /**
   * Calls a method whose last parameter is where an object goes.
   * @throws {PlatformError} When it fails.
   */
  get(what: string, method: Method, ...args: readonly Argument[]): ComObject {
    const out = new BigUint64Array(1);
    this.do(what, method, ...args, out);
    return objectAt(what, out);
  }

  /**
   * Another interface of the same object.
   * @throws {PlatformError} When it hasn't got that.
   */
  as(what: string, id: Uint8Array<ArrayBuffer>): ComObject {
    return this.get(what, QUERY_INTERFACE, id);
  }

  [Symbol.dispose](): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.call({ index: RELEASE, parameters: [], result: "i32" });
  }

  #callable({ index, parameters, result }: Method): (...args: unknown[]) => unknown {
    let callable = this.#callables.get(index);
    if (callable === undefined) {
      const definition = { parameters: ["pointer", ...parameters], result } as const;
      const target = new Deno.UnsafeFnPointer(
        this.#functions.getPointer(8 * index)!,
        definition as Deno.ForeignFunction,
      );
      // What a table says can't be checked here.
      callable = (...args) => (target.call as (...args: unknown[]) => unknown)(...args);
      this.#callables.set(index, callable);
    }
    return callable;
  }
}

/**
 * The object that a function has put into `out`.
 * @throws {PlatformError} When there is none.
 */
export function objectAt(what: string, out: BigUint64Array): ComObject {
  const pointer = Deno.UnsafePointer.create(out[0]!);
  if (pointer === null) throw new PlatformError(`${what}: there is none`);
  return new ComObject(pointer);
}

/** @throws {PlatformError} When an HRESULT says that something failed. */
export function check(what: string, result: number): void {
  if (result < 0) throw new PlatformError(`${what}: error 0x${(result >>> 0).toString(16)}`);
}
