import { assertNotEquals } from "@std/assert";
import { loadLibraries } from "../../../src/desktop/windows/libraries.ts";

const { symbols: user32 } = Deno.dlopen("user32.dll", {
  GetThreadDpiAwarenessContext: { parameters: [], result: "isize" },
  AreDpiAwarenessContextsEqual: { parameters: ["isize", "isize"], result: "i32" },
});

const DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2 = -4n;

Deno.test("every monitor is seen in its own pixels", () => {
  loadLibraries();
  const context = user32.GetThreadDpiAwarenessContext();
  assertNotEquals(
    user32.AreDpiAwarenessContextsEqual(context, DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2),
    0,
  );
});
