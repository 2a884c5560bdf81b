import type { Logger } from "../../log.ts";
import type { Libraries } from "./libraries.ts";
import type { Part } from "./part.ts";
import { LITTLE_ENDIAN, MSG, WNDCLASSEXW } from "./structs.ts";
import { wide } from "./wide.ts";

const PM_REMOVE = 1;
const WS_POPUP = 0x80000000;
/** Neither a button on the task bar nor a stop of Alt+Tab. */
const WS_EX_TOOLWINDOW = 0x80;

/** The most messages of one look: whoever floods the window must not keep all else waiting. */
const MOST_MESSAGES = 100;

/**
 * What Windows is to answer: what a window is made and ended by, its title, and whether the session may end.
 * Not the rest, which any program may post: for a click on a scroll bar, say, Windows would wait here for
 * the button to be released.
 */
const FOR_WINDOWS: ReadonlySet<number> = new Set([
  0x81, // WM_NCCREATE
  0x82, // WM_NCDESTROY
  0x0d, // WM_GETTEXT
  0x0e, // WM_GETTEXTLENGTH
  0x11, // WM_QUERYENDSESSION
]);

const WINDOW_PROCEDURE = {
  parameters: ["pointer", "u32", "usize", "isize"],
  result: "isize",
} as const;

/** Windows so far: another one may come up before the last is gone, so each has a class of its own. */
let windows = 0;

/** What it takes to have a window, and to give it back. */
interface Opened {
  readonly handle: Deno.PointerObject;
  readonly className: Uint16Array<ArrayBuffer>;
  readonly procedure: Deno.UnsafeCallback<typeof WINDOW_PROCEDURE>;
}

/**
 * A hidden window that Windows tells what happens. It's a top-level one, as others don't hear what is told
 * to all. Its thread can't be attached to another desktop before it's stopped.
 */
export class MessageWindow implements Part {
  readonly #libraries: Libraries;
  readonly #log: Logger;
  readonly #handlers = new Map<number, (wParam: bigint) => void>();
  readonly #message = new Uint8Array(MSG.size);
  #opened: Opened | undefined;

  constructor(libraries: Libraries, log: Logger) {
    this.#libraries = libraries;
    this.#log = log;
  }

  /** `null` while there is none. */
  get handle(): Deno.PointerValue {
    return this.#opened?.handle ?? null;
  }

  /**
   * Has a message answered by 0.
   * @param handler Called in the middle of any call of Windows': it only takes note.
   */
  on(message: number, handler: (wParam: bigint) => void): void {
    this.#handlers.set(message, handler);
  }

  /** Opens it. Where Windows doesn't let us, nothing is told. */
  start(): void {
    const { user32, kernel32 } = this.#libraries;
    const className = wide(`vncd messages ${++windows}`);
    const procedure = new Deno.UnsafeCallback(
      WINDOW_PROCEDURE,
      (...message) => this.#receive(...message),
    );
    const instance = kernel32.GetModuleHandleW(null);
    user32.RegisterClassExW(windowClass(className, procedure.pointer, instance));
    const handle = user32.CreateWindowExW(
      ...[WS_EX_TOOLWINDOW, className, wide("vncd"), WS_POPUP, 0, 0, 0, 0] as const,
      ...[null, null, instance, null] as const,
    );
    if (handle === null) {
      this.#log.warn(`no window for Windows' messages: error ${kernel32.GetLastError()}`);
      user32.UnregisterClassW(className, instance);
      procedure.close();
      return;
    }
    this.#opened = { handle, className, procedure };
  }

  /** Receives what there is. */
  look(): boolean {
    const { user32 } = this.#libraries;
    for (let count = 0; count < MOST_MESSAGES; count++) {
      if (user32.PeekMessageW(this.#message, null, 0, 0, PM_REMOVE) === 0) return count > 0;
      user32.DispatchMessageW(this.#message);
    }
    return true;
  }

  stop(): void {
    const { user32, kernel32 } = this.#libraries;
    if (this.#opened === undefined) return;
    const { handle, className, procedure } = this.#opened;
    this.#opened = undefined;
    user32.DestroyWindow(handle);
    user32.UnregisterClassW(className, kernel32.GetModuleHandleW(null));
    procedure.close();
  }

  #receive(
    ...[window, message, wParam, lParam]: [Deno.PointerValue, number, bigint, bigint]
  ): bigint {
    if (FOR_WINDOWS.has(message)) {
      return this.#libraries.user32.DefWindowProcW(window, message, wParam, lParam);
    }
    this.#handlers.get(message)?.(wParam);
    return 0n;
  }
}

/** A WNDCLASSEXW; what it points to must outlive its use. */
function windowClass(
  name: Uint16Array<ArrayBuffer>,
  procedure: Deno.PointerValue,
  instance: Deno.PointerValue,
): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(WNDCLASSEXW.size));
  const setPointer = (offset: number, pointer: Deno.PointerValue) =>
    view.setBigUint64(offset, Deno.UnsafePointer.value(pointer), LITTLE_ENDIAN);
  view.setUint32(WNDCLASSEXW.cbSize, WNDCLASSEXW.size, LITTLE_ENDIAN);
  setPointer(WNDCLASSEXW.lpfnWndProc, procedure);
  setPointer(WNDCLASSEXW.hInstance, instance);
  setPointer(WNDCLASSEXW.lpszClassName, Deno.UnsafePointer.of(name));
  return view;
}
