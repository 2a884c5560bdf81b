import {
  ComObject,
  type Method,
} from "../../../../../src/desktop/windows/screen/duplication/com.ts";

/** What a fake method does: it's given what it was called with, but for the object. */
export type Fake = (...args: never[]) => number | void;

/** An object of COM in memory, whose methods are the test's. It answers for all interfaces. */
export class FakeCom implements Disposable {
  readonly pointer: Deno.PointerObject;
  /** How often it was referred to, less how often it was given back. */
  references = 1;
  readonly #table = new BigUint64Array(64);
  /** Where the object's memory begins with the address of its table. */
  readonly #memory: BigUint64Array<ArrayBuffer>;
  readonly #callbacks: Deno.UnsafeCallback[] = [];

  constructor() {
    this.#memory = BigUint64Array.of(address(Deno.UnsafePointer.of(this.#table)));
    this.pointer = Deno.UnsafePointer.of(this.#memory)!;
    this.on({ index: 0, parameters: ["pointer", "pointer"], result: "i32" }, (_id, out) => {
      this.giveTo(out);
      return 0;
    });
    this.on({ index: 2, parameters: [], result: "i32" }, () => --this.references);
  }

  /** Has a method do this. What is a buffer to callers comes as a pointer. */
  on(method: Method, fake: Fake): this {
    const parameters = method.parameters.map((type) => type === "buffer" ? "pointer" : type);
    const callback = new Deno.UnsafeCallback(
      {
        parameters: ["pointer", ...parameters],
        result: method.result,
      } as Deno.UnsafeCallbackDefinition,
      ((_self: unknown, ...args: never[]) => fake(...args) ?? 0) as never,
    );
    this.#callbacks.push(callback);
    this.#table[method.index] = address(callback.pointer);
    return this;
  }

  /** One more reference to it, where a caller wants it put. */
  giveTo(out: Deno.PointerValue): void {
    this.references++;
    viewOf(out, 8).setBigUint64(0, address(this.pointer), true);
  }

  /** It, for the code that is tested; counts as the reference that it began with. */
  get object(): ComObject {
    return new ComObject(this.pointer);
  }

  /** It, with one more reference of its own. */
  another(): ComObject {
    this.references++;
    return this.object;
  }

  [Symbol.dispose](): void {
    for (const callback of this.#callbacks) callback.close();
  }
}

/** Memory that a caller has given. */
export function viewOf(pointer: Deno.PointerValue, size: number): DataView<ArrayBuffer> {
  return new DataView(Deno.UnsafePointerView.getArrayBuffer(pointer!, size));
}

export function address(pointer: Deno.PointerValue): bigint {
  return Deno.UnsafePointer.value(pointer);
}
