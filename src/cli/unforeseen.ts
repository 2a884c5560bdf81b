/**
 * Waits for an error that nobody caught, which would otherwise end the process with a stack trace.
 * @returns A promise that it rejects, and a way to stop waiting.
 */
export function unforeseenError(): { occurred: Promise<never>; dispose: () => void } {
  const { promise: occurred, reject } = Promise.withResolvers<never>();
  const onError = (event: ErrorEvent) => {
    event.preventDefault();
    reject(event.error);
  };
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    reject(event.reason);
  };
  globalThis.addEventListener("error", onError);
  globalThis.addEventListener("unhandledrejection", onRejection);
  const dispose = () => {
    globalThis.removeEventListener("error", onError);
    globalThis.removeEventListener("unhandledrejection", onRejection);
  };
  return { occurred, dispose };
}
