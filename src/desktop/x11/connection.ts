import type { Logger } from "../../log.ts";
import { PlatformError } from "../errors.ts";
import { ignoreErrors, listenForErrors, type XError } from "./error_handlers.ts";
import { type Libraries, loadLibraries, type OptionalLibrary } from "./libraries.ts";
import { cString, LITTLE_ENDIAN, outInt, outLong, XEvent } from "./structs.ts";

const POLLIN = 1;
const EFD_CLOEXEC = 0o2000000;

/** An event, to be read at the offsets of `structs.ts`. Valid until the handler returns. */
export type EventHandler = (event: DataView) => void;

/** A connection to an X server: its errors, its events, and what all parts of a desktop need. */
export class Connection {
  readonly libraries: Libraries;
  readonly display: Deno.PointerObject;
  /** The display's name: `:0`. */
  readonly name: string;
  readonly screenNumber: number;
  readonly root: bigint;
  /** The type of XFIXES' first event; `undefined` where the server or libXfixes is without it. */
  readonly fixesEventBase: number | undefined;
  readonly log: Logger;
  /** How often events were waited for: stands still while nothing happens. */
  wakeups = 0;

  readonly #handlers = new Map<number, EventHandler>();
  readonly #eventBytes = new Uint8Array(XEvent.size);
  readonly #event = new DataView(this.#eventBytes.buffer);
  /** An eventfd that ends the wait for events; the pump owns and closes it, -1 from then on. */
  #wakeFd: number;
  #isDispatching = false;
  #trapped: XError | undefined;
  #trapping = false;
  #death: string | undefined;
  #onDeath: ((reason: string) => void) | undefined;
  #closed = false;

  /**
   * @param without Libraries to do without, as if they were not installed.
   * @throws {PlatformError} When there is no such display, or it can't be opened.
   */
  constructor(displayName: string, log: Logger, without: readonly OptionalLibrary[]) {
    this.log = log;
    const missing = Object.fromEntries(without.map((library) => [library, undefined]));
    this.libraries = { ...loadLibraries(), ...missing };
    const { x11, libc } = this.libraries;
    this.display = openDisplay(this.libraries, displayName);
    this.#wakeFd = libc.eventfd(0, EFD_CLOEXEC);
    if (this.#wakeFd < 0) {
      x11.XCloseDisplay(this.display);
      throw new PlatformError("cannot wait for X11 events: eventfd failed, too many open files?");
    }
    this.name = Deno.UnsafePointerView.getCString(x11.XDisplayString(this.display)!);
    if (x11.XSetIOErrorExitHandler === null) {
      log.warn("this libX11 is older than 1.7: vncd ends when the X server does");
    }
    listenForErrors(this.libraries, this.display, {
      requestFailed: (error) => this.#requestFailed(error),
      serverDied: () => this.#died(),
    });
    this.screenNumber = x11.XDefaultScreen(this.display);
    this.root = x11.XRootWindow(this.display, this.screenNumber);
    this.fixesEventBase = this.#queryFixes();
    this.#pump();
  }

  /** Why the server is gone, if it is. */
  get death(): string | undefined {
    return this.#death;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Whether requests still make sense. */
  get isAlive(): boolean {
    return !this.#closed && this.#death === undefined;
  }

  /** Calls `listener` once when the server dies, after the call that noticed it has returned. */
  onDeath(listener: (reason: string) => void): void {
    this.#onDeath = listener;
  }

  /** Sets what handles the events of a type. */
  on(type: number, handler: EventHandler): void {
    this.#handlers.set(type, handler);
  }

  atom(name: string): bigint {
    return this.libraries.x11.XInternAtom(this.display, cString(name), 0);
  }

  atomName(atom: bigint): string | undefined {
    const { x11 } = this.libraries;
    const name = atom === 0n ? null : x11.XGetAtomName(this.display, atom);
    if (name === null) return undefined;
    const text = Deno.UnsafePointerView.getCString(name);
    x11.XFree(name);
    return text;
  }

  /** Makes requests and waits for the server's verdict: the error, or `undefined` for success. */
  trap(requests: () => void): XError | undefined {
    const { x11 } = this.libraries;
    x11.XSync(this.display, 0);
    this.#trapped = undefined;
    this.#trapping = true;
    try {
      requests();
      x11.XSync(this.display, 0);
    } finally {
      this.#trapping = false;
    }
    return this.#trapped;
  }

  /** The root window's present size in pixels. */
  rootSize(): { width: number; height: number } {
    const [width, height] = [outInt(), outInt()];
    this.libraries.x11.XGetGeometry(
      ...[this.display, this.root, outLong(), outInt(), outInt()] as const,
      ...[width, height, outInt(), outInt()] as const,
    );
    return { width: width[0]!, height: height[0]! };
  }

  /**
   * Sends the requests that Xlib still holds back. To be called at the end of everything that talks
   * to the server: a call that waited for a reply may also have read events, which `poll` won't see.
   */
  settle(): void {
    // What handles an event needn't: the next one is looked for in the same way.
    if (!this.isAlive || this.#isDispatching) return;
    const { x11 } = this.libraries;
    if (x11.XPending(this.display) === 0) return;
    // XPending sends requests only where it finds no event.
    x11.XFlush(this.display);
    queueMicrotask(() => this.#dispatch());
  }

  /** Blocks for some milliseconds. */
  sleep(milliseconds: number): void {
    this.libraries.libc.sleep_in_poll(null, 0n, milliseconds);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { x11, libc } = this.libraries;
    if (this.#wakeFd >= 0) libc.write(this.#wakeFd, new BigUint64Array([1n]), 8n);
    x11.XCloseDisplay(this.display);
    ignoreErrors(this.display);
  }

  /** Waits for events on a thread of its own, where Xlib isn't touched, and hands them out here. */
  async #pump(): Promise<void> {
    const { x11, libc } = this.libraries;
    const pollFds = new Int32Array([
      x11.XConnectionNumber(this.display),
      POLLIN,
      this.#wakeFd,
      POLLIN,
    ]);
    while (this.isAlive) {
      this.#dispatch();
      if (!this.isAlive) break;
      await libc.poll(pollFds, 2n, -1);
      this.wakeups++;
    }
    libc.close(this.#wakeFd);
    this.#wakeFd = -1;
  }

  /** Hands out what events there are, and sends the requests that Xlib still holds back. */
  #dispatch(): void {
    const { x11 } = this.libraries;
    this.#isDispatching = true;
    try {
      while (this.isAlive && x11.XPending(this.display) > 0) {
        x11.XNextEvent(this.display, this.#eventBytes);
        this.#handlers.get(this.#event.getInt32(XEvent.type, LITTLE_ENDIAN))?.(this.#event);
      }
    } finally {
      this.#isDispatching = false;
    }
  }

  /** The server wants to hear a version before anything else. */
  #queryFixes(): number | undefined {
    const { xfixes } = this.libraries;
    const eventBase = outInt();
    const isThere = xfixes !== undefined &&
      xfixes.XFixesQueryExtension(this.display, eventBase, outInt()) !== 0 &&
      xfixes.XFixesQueryVersion(this.display, outInt(), outInt()) !== 0;
    return isThere ? eventBase[0]! : undefined;
  }

  #requestFailed(error: XError): void {
    if (this.#trapping) {
      this.#trapped ??= error;
      return;
    }
    this.log.debug(`X error ${error.code} for request ${error.request}.${error.minor}`);
  }

  #died(): void {
    if (this.#death !== undefined || this.#closed) return;
    const reason = `the X server of ${this.name} has ended`;
    this.#death = reason;
    queueMicrotask(() => this.#onDeath?.(reason));
  }
}

function openDisplay({ x11 }: Libraries, name: string): Deno.PointerObject {
  const display = x11.XOpenDisplay(cString(name));
  if (display === null) {
    throw new PlatformError(
      `cannot open X11 display ${name}: check that it runs, and that XAUTHORITY names its ` +
        "authority file or xhost admits this user",
    );
  }
  return display;
}
