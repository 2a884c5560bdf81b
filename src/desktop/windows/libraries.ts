import { messageOf } from "../../log.ts";
import { PlatformError } from "../errors.ts";
import { ADVAPI32, GDI32, KERNEL32, USER32 } from "./symbols.ts";

type Functions<Table extends Deno.ForeignLibraryInterface> = Deno.DynamicLibrary<Table>["symbols"];

/** Windows' libraries. */
export interface Libraries {
  readonly user32: Functions<typeof USER32>;
  readonly gdi32: Functions<typeof GDI32>;
  readonly kernel32: Functions<typeof KERNEL32>;
  readonly advapi32: Functions<typeof ADVAPI32>;
}

/** See every monitor in its own pixels, not in those that Windows shows to older programs. */
const DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2 = -4n;

let loaded: Libraries | undefined;

/**
 * Loads the libraries, once in a process.
 * @throws {PlatformError} When this isn't Windows, or one too old: they came with Windows 10.
 */
export function loadLibraries(): Libraries {
  if (loaded !== undefined) return loaded;
  try {
    loaded = {
      user32: Deno.dlopen("user32.dll", USER32).symbols,
      gdi32: Deno.dlopen("gdi32.dll", GDI32).symbols,
      kernel32: Deno.dlopen("kernel32.dll", KERNEL32).symbols,
      advapi32: Deno.dlopen("advapi32.dll", ADVAPI32).symbols,
    };
  } catch (error) {
    throw new PlatformError(`no Windows desktop: ${messageOf(error)}`);
  }
  // Fails where whoever made the program has chosen already.
  loaded.user32.SetProcessDpiAwarenessContext(DPI_AWARENESS_CONTEXT_PER_MONITOR_AWARE_V2);
  return loaded;
}
