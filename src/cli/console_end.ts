const KERNEL32 = {
  SetConsoleCtrlHandler: { parameters: ["function", "i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

const HANDLER = { parameters: ["u32"], result: "i32" } as const;

/** The first of the events that end the process; those before it are ctrl-C and ctrl-Break. */
const CTRL_CLOSE_EVENT = 2;

/**
 * Windows: calls back when the console's window is closed, on this thread, while one of Windows' waits.
 * The process is ended when that returns, so Deno's SIGHUP, which doesn't wait, comes too late.
 * @returns Disposing of it stops that.
 */
export function whenConsoleCloses(callback: () => void): Disposable {
  if (Deno.build.os !== "windows") return { [Symbol.dispose]() {} };
  const { SetConsoleCtrlHandler } = Deno.dlopen("kernel32.dll", KERNEL32).symbols;
  const handler = Deno.UnsafeCallback.threadSafe(HANDLER, (event) => {
    // Handlers are asked in turn, the last one first: then comes Deno's.
    if (event < CTRL_CLOSE_EVENT) return 0;
    callback();
    return 1;
  });
  SetConsoleCtrlHandler(handler.pointer, 1);
  return {
    [Symbol.dispose]() {
      SetConsoleCtrlHandler(handler.pointer, 0);
      handler.close();
    },
  };
}
