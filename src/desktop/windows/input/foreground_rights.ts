import type { Logger } from "../../../log.ts";
import { integrityOf, ownIntegrity } from "../integrity.ts";
import type { Libraries } from "../libraries.ts";
import { PROCESS_QUERY_LIMITED_INFORMATION, processImage } from "../process_image.ts";

const ERROR_ACCESS_DENIED = 5;
const SOME_PROGRAM = "The program in front";

/**
 * Tells when the program in front has more rights than vncd: Windows drops the input that it gets, and
 * SendInput doesn't say so.
 */
export class ForegroundRights {
  readonly #libraries: Libraries;
  readonly #log: Pick<Logger, "info">;
  #window: Deno.PointerValue = null;
  /** The programs that were told of. */
  readonly #told = new Set<string>();

  constructor(libraries: Libraries, log: Pick<Logger, "info">) {
    this.#libraries = libraries;
    this.#log = log;
  }

  /** Looks at the window in front, when it's another one than before. */
  look(): void {
    const window = this.#libraries.user32.GetForegroundWindow();
    if (Deno.UnsafePointer.equals(window, this.#window)) return;
    this.#window = window;
    const program = this.#moreRights(window);
    if (program === undefined || this.#told.has(program)) return;
    this.#told.add(program);
    this.#log.info(
      `${program} has more rights than vncd, so Windows drops what is typed and clicked there. ` +
        "Run vncd as administrator, or as a service: vncd service install",
    );
  }

  /** The program of a window, if it has more rights than vncd. */
  #moreRights(window: Deno.PointerValue): string | undefined {
    const { user32, kernel32 } = this.#libraries;
    const id = new Uint32Array(1);
    if (window === null || user32.GetWindowThreadProcessId(window, id) === 0) return undefined;
    const process = kernel32.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, id[0]!);
    if (process === null) {
      return kernel32.GetLastError() === ERROR_ACCESS_DENIED ? SOME_PROGRAM : undefined;
    }
    const own = ownIntegrity(this.#libraries) ?? Infinity;
    // Who may not even be asked has more.
    const theirs = integrityOf(this.#libraries, process) ?? Infinity;
    const program = theirs > own ? this.#name(process) : undefined;
    kernel32.CloseHandle(process);
    return program;
  }

  #name(process: Deno.PointerValue): string {
    return processImage(this.#libraries.kernel32, process)?.split("\\").at(-1) ?? SOME_PROGRAM;
  }
}
