import type { Connection } from "./connection.ts";

/** Events that are wanted: keys, buttons, the pointer moving and leaving, exposure, the window's end. */
const EVENT_MASK = 1n | 1n << 2n | 1n << 3n | 1n << 5n | 1n << 6n | 1n << 15n | 1n << 17n;

const PROP_MODE_REPLACE = 0;
/** The atoms that every server has. */
const ATOM = 4n;
const CARDINAL = 6n;
const STRING = 31n;
const WM_HINTS = 35n;
const WM_NAME = 39n;
const WM_NORMAL_HINTS = 40n;
const WM_SIZE_HINTS = 41n;
const WM_CLASS = 67n;

/** Flags of the two kinds of hints: which of their fields mean something. */
const INPUT_HINT = 1n;
const US_POSITION = 1n;
const P_MIN_SIZE = 16n;
const P_MAX_SIZE = 32n;

const TITLE = "vncd: let this viewer in?";

/**
 * A window in the middle of the screen, a dialog to a window manager: above the others, of one size,
 * and not given the keyboard just for coming up.
 */
export class PromptWindow {
  readonly id: bigint;
  /** What a window manager sends when somebody closes the window. */
  readonly deleteMessage: bigint;
  readonly #connection: Connection;

  constructor(connection: Connection, width: number, height: number) {
    const { display, root, libraries: { x11 } } = connection;
    this.#connection = connection;
    const screen = connection.rootSize();
    const x = Math.max(0, (screen.width - width) >> 1);
    const y = Math.max(0, (screen.height - height) >> 1);
    this.id = x11.XCreateSimpleWindow(display, root, x, y, width, height, 0, 0n, 0n);
    this.deleteMessage = connection.atom("WM_DELETE_WINDOW");
    x11.XSelectInput(display, this.id, EVENT_MASK);
    this.#describe(x, y, width, height);
  }

  /** Shows it above all others. */
  show(): void {
    const { display, libraries: { x11 } } = this.#connection;
    x11.XMapRaised(display, this.id);
  }

  /** Tells the window manager what it is (ICCCM §4.1, Extended Window Manager Hints). */
  #describe(x: number, y: number, width: number, height: number): void {
    const atom = (name: string) => this.#connection.atom(name);
    this.#text(WM_NAME, STRING, TITLE);
    this.#text(atom("_NET_WM_NAME"), atom("UTF8_STRING"), TITLE);
    this.#text(WM_CLASS, STRING, "vncd\0vncd\0");
    this.#longs(atom("WM_PROTOCOLS"), ATOM, [this.deleteMessage]);
    this.#longs(atom("_NET_WM_WINDOW_TYPE"), ATOM, [atom("_NET_WM_WINDOW_TYPE_DIALOG")]);
    const states = ["ABOVE", "STICKY", "DEMANDS_ATTENTION"];
    this.#longs(atom("_NET_WM_STATE"), ATOM, states.map((each) => atom(`_NET_WM_STATE_${each}`)));
    // No input of a person's has led to it, so it mustn't take the keyboard from where he writes.
    this.#longs(atom("_NET_WM_USER_TIME"), CARDINAL, [0n]);
    this.#longs(WM_HINTS, WM_HINTS, [INPUT_HINT, 1n, ...new Array(7).fill(0n)]);
    const size = [BigInt(width), BigInt(height)];
    this.#longs(WM_NORMAL_HINTS, WM_SIZE_HINTS, [
      US_POSITION | P_MIN_SIZE | P_MAX_SIZE,
      ...[BigInt(x), BigInt(y), ...size, ...size, ...size],
      ...new Array(9).fill(0n),
    ]);
  }

  #text(property: bigint, type: bigint, text: string): void {
    this.#change(property, type, 8, new TextEncoder().encode(text));
  }

  /** Items of 32 bits are handed over as longs. */
  #longs(property: bigint, type: bigint, items: bigint[]): void {
    this.#change(property, type, 32, new BigUint64Array(items));
  }

  #change(
    property: bigint,
    type: bigint,
    format: 8 | 32,
    data: Uint8Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>,
  ): void {
    const { display, libraries: { x11 } } = this.#connection;
    x11.XChangeProperty(
      ...[display, this.id, property, type, format, PROP_MODE_REPLACE, data] as const,
      data.length,
    );
  }
}
