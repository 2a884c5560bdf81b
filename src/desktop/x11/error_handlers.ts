import type { Libraries } from "./libraries.ts";
import { XErrorEvent } from "./structs.ts";

/** An error that the server sent for one of our requests. */
export interface XError {
  readonly code: number;
  readonly request: number;
  readonly minor: number;
}

/** What a connection hears of its errors, in the middle of the call that met them. */
export interface ErrorListener {
  requestFailed(error: XError): void;
  serverDied(): void;
}

/*
 * Xlib has one handler a process for each kind of error, and ends the process where there is none.
 * So they are installed once, never taken back, and find the connection by its display pointer.
 */
const listeners = new Map<bigint, ErrorListener>();
let installed: { readonly exit: Deno.PointerObject } | undefined;

/** Sends the errors of a display to `listener` instead of ending the process. */
export function listenForErrors(
  { x11 }: Libraries,
  display: Deno.PointerObject,
  listener: ErrorListener,
): void {
  installed ??= install(x11);
  listeners.set(Deno.UnsafePointer.value(display), listener);
  // Without this one, the process ends as soon as the handler for a dead server returns.
  x11.XSetIOErrorExitHandler?.(display, installed.exit, null);
}

/** Ends {@linkcode listenForErrors}; call it when the display is closed. */
export function ignoreErrors(display: Deno.PointerObject): void {
  listeners.delete(Deno.UnsafePointer.value(display));
}

function install(x11: Libraries["x11"]): { exit: Deno.PointerObject } {
  const onError = new Deno.UnsafeCallback(
    { parameters: ["pointer", "pointer"], result: "i32" },
    (display, event) => {
      const fields = new DataView(Deno.UnsafePointerView.getArrayBuffer(event!, 40));
      listeners.get(Deno.UnsafePointer.value(display))?.requestFailed({
        code: fields.getUint8(XErrorEvent.error_code),
        request: fields.getUint8(XErrorEvent.request_code),
        minor: fields.getUint8(XErrorEvent.minor_code),
      });
      return 0;
    },
  );
  const onDeath = new Deno.UnsafeCallback(
    { parameters: ["pointer"], result: "i32" },
    (display) => {
      listeners.get(Deno.UnsafePointer.value(display))?.serverDied();
      return 0;
    },
  );
  const onExit = new Deno.UnsafeCallback(
    { parameters: ["pointer", "pointer"], result: "void" },
    () => {},
  );
  x11.XSetErrorHandler(onError.pointer);
  x11.XSetIOErrorHandler(onDeath.pointer);
  return { exit: onExit.pointer };
}
