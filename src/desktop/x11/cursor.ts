import { ARROW_CURSOR } from "../cursors.ts";
import type { Cursor } from "../desktop.ts";
import type { Connection } from "./connection.ts";
import { XFixesCursorImage } from "./structs.ts";

/** Events of XFIXES, counted from its first. */
const CURSOR_NOTIFY = 1;
const DISPLAY_CURSOR_NOTIFY_MASK = 1n;

/** The pointer's picture, read from the server when it's asked for after a change. */
export class CursorWatch {
  readonly #connection: Connection;
  readonly #isAvailable: boolean;
  #notify: (() => void) | undefined;
  #cursor: Cursor | undefined;
  #isStale = true;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { fixesEventBase } = connection;
    this.#isAvailable = fixesEventBase !== undefined;
    if (fixesEventBase === undefined) return;
    connection.on(fixesEventBase + CURSOR_NOTIFY, () => {
      this.#isStale = true;
      this.#notify?.();
    });
  }

  get cursor(): Cursor | undefined {
    if (this.#isAvailable && this.#isStale && this.#connection.isAlive) {
      // The server shows nobody the picture of a cursor whose maker has gone (xsetroot, say).
      this.#cursor = this.#read() ?? ARROW_CURSOR;
      // Unwatched, nobody tells when it changes.
      this.#isStale = this.#notify === undefined;
      this.#connection.settle();
    }
    return this.#cursor;
  }

  start(notify: () => void): void {
    this.#notify = notify;
    this.#isStale = true;
    this.#select(DISPLAY_CURSOR_NOTIFY_MASK);
  }

  stop(): void {
    this.#notify = undefined;
    this.#isStale = true;
    this.#select(0n);
  }

  #select(mask: bigint): void {
    if (!this.#isAvailable) return;
    const { display, root, libraries: { xfixes } } = this.#connection;
    xfixes!.XFixesSelectCursorInput(display, root, mask);
  }

  #read(): Cursor | undefined {
    const { display, libraries: { x11, xfixes } } = this.#connection;
    const image = xfixes!.XFixesGetCursorImage(display);
    if (image === null) return undefined;
    const view = new Deno.UnsafePointerView(image);
    const width = view.getUint16(XFixesCursorImage.width);
    const height = view.getUint16(XFixesCursorImage.height);
    const hotX = view.getUint16(XFixesCursorImage.xhot);
    const hotY = view.getUint16(XFixesCursorImage.yhot);
    const address = Deno.UnsafePointer.create(view.getBigUint64(XFixesCursorImage.pixels));
    const pixels = address === null
      ? new Uint32Array(width * height)
      : readPixels(address, width * height);
    x11.XFree(image);
    return { width, height, hotX, hotY, pixels };
  }
}

/** Each pixel is an `unsigned long` with 32 bits in use: alpha, and colours multiplied by it. */
function readPixels(address: Deno.PointerObject, count: number): Uint32Array {
  const longs = new Uint32Array(Deno.UnsafePointerView.getArrayBuffer(address, count * 8));
  return Uint32Array.from({ length: count }, (_, i) => straighten(longs[i * 2]!));
}

/** A pixel `0xAARRGGBB` with its colours divided by alpha. */
export function straighten(premultiplied: number): number {
  const alpha = premultiplied >>> 24;
  if (alpha === 255) return premultiplied;
  if (alpha === 0) return 0;
  const straight = (shift: number): number => {
    const intensity = premultiplied >>> shift & 0xff;
    return Math.min(255, Math.round(intensity * 255 / alpha)) << shift;
  };
  return (alpha << 24 | straight(16) | straight(8) | straight(0)) >>> 0;
}
