/** On Windows SIGBREAK is ctrl-Break; Deno's others there leave no time for anything. */
const SIGNALS: Partial<Record<Deno.Signal, number>> = Deno.build.os === "windows"
  ? { SIGINT: 2, SIGBREAK: 21 }
  : { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Ends vncd at once. */
function exit(code: number): void {
  try {
    Deno.exit(code);
  } catch {
    // Under `deno run --watch` it returns with an error, and the watcher ends the program.
  }
}

/**
 * Waits for a signal that asks vncd to end; a second one ends it at once.
 * @returns The signal's name, and a way to stop waiting.
 */
export function stopSignal(): { received: Promise<Deno.Signal>; dispose: () => void } {
  const { promise: received, resolve } = Promise.withResolvers<Deno.Signal>();
  let isStopping = false;
  const listeners = Object.entries(SIGNALS).map(([name, number]) => {
    const signal = name as Deno.Signal;
    const listener = () => {
      if (isStopping) return exit(128 + number);
      isStopping = true;
      resolve(signal);
    };
    Deno.addSignalListener(signal, listener);
    return () => Deno.removeSignalListener(signal, listener);
  });
  return { received, dispose: () => listeners.forEach((remove) => remove()) };
}
