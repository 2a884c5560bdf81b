/**
 * How many bytes the largest array has that is made while something goes on. An array that nobody writes
 * to takes no memory yet, so that to measure memory wouldn't show what a claimed length has led to.
 */
export async function largestArray(work: () => Promise<unknown>): Promise<number> {
  const { Uint8Array } = globalThis;
  let largest = 0;
  const watched: typeof Uint8Array = new Proxy(Uint8Array, {
    construct(target, args, newTarget) {
      if (typeof args[0] === "number") largest = Math.max(largest, args[0]);
      return Reflect.construct(target, args, newTarget === watched ? target : newTarget);
    },
  });
  globalThis.Uint8Array = watched;
  try {
    await work();
  } finally {
    globalThis.Uint8Array = Uint8Array;
  }
  return largest;
}
