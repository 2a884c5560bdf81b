// Stand-in for @std/assert: the few functions in use, on node:assert.

import nodeAssert from "node:assert/strict";

/** Thrown when an assertion fails. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** Fails unless `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg || "assertion failed");
}

/** Fails unless `actual` and `expected` are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  nodeAssert.deepStrictEqual(actual, expected, msg);
}

/** Fails if `actual` and `expected` are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  nodeAssert.notDeepStrictEqual(actual, expected, msg);
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (!actual.includes(expected)) {
    throw new AssertionError(msg ?? `"${actual}" does not include "${expected}"`);
  }
}

/** Fails unless `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  nodeAssert.match(actual, expected, msg);
}

type ErrorClass<E extends Error> = new (...args: never[]) => E;

function checkError<E extends Error>(error: unknown, type?: ErrorClass<E>, includes = ""): E {
  if (!(error instanceof (type ?? Error))) {
    throw new AssertionError(`expected ${type?.name ?? "Error"}, got ${error}`);
  }
  assertStringIncludes(error.message, includes);
  return error as E;
}

/** Fails unless `fn` throws, an error of class `type` whose message includes `includes`. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  type?: ErrorClass<E>,
  includes?: string,
): E {
  try {
    fn();
  } catch (error) {
    return checkError(error, type, includes);
  }
  throw new AssertionError("expected the function to throw");
}

/** Fails unless the promise of `fn` rejects, as {@linkcode assertThrows} does. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  type?: ErrorClass<E>,
  includes?: string,
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return checkError(error, type, includes);
  }
  throw new AssertionError("expected the promise to be rejected");
}
