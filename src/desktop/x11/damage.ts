import { areaOf, isEmpty, type Rect } from "../../frame/rect.ts";
import type { Connection } from "./connection.ts";
import { LITTLE_ENDIAN, outInt, XDamageNotifyEvent, XRectangle } from "./structs.ts";

/** Tells when something was drawn, and where. */
export interface DamageSource {
  /**
   * Calls `notify` soon after something may have been drawn; while that goes on, again after the next
   * {@linkcode take}.
   */
  start(notify: () => void): void;
  stop(): void;
  /** Where something was drawn since the last call; `undefined` means anywhere. */
  take(): readonly Rect[] | undefined;
}

const REPORT_BOUNDING_BOX = 2;
const REPORT_NON_EMPTY = 3;

/** Pixels that cost less to look at than to ask the server which of them were drawn. */
const SMALL_AREA = 128 * 128;

/**
 * The server gathers the damage (DAMAGE) and sends a notice when the box that holds all of it has
 * grown, or where that may not be, when there is some; the next one comes only after it was taken. So
 * an owner who takes its time costs little.
 */
export class ReportedDamage implements DamageSource {
  readonly #connection: Connection;
  readonly #isShared: () => boolean;
  #damage = 0n;
  /** A region in the server, for what is taken from the damage. */
  #region = 0n;
  /** Holds all damage that was told of since the last `take`; `undefined` for none. */
  #box: Rect | undefined;
  #notify: (() => void) | undefined;

  private constructor(connection: Connection, eventBase: number, isShared: () => boolean) {
    this.#connection = connection;
    this.#isShared = isShared;
    connection.on(eventBase, (event) => this.#told(event));
  }

  /**
   * `undefined` where the server or a library can't do it.
   * @param isShared Whether pixels come through shared memory, asked at each start. If not, the server
   *   may send notices of growth in the midst of them, and Xlib would end the process.
   */
  static create(connection: Connection, isShared: () => boolean): ReportedDamage | undefined {
    const { display, fixesEventBase, libraries: { xdamage } } = connection;
    const eventBase = outInt();
    if (xdamage === undefined || fixesEventBase === undefined) return undefined;
    if (xdamage.XDamageQueryExtension(display, eventBase, outInt()) === 0) return undefined;
    // As XFIXES, it wants to hear a version before anything else.
    if (xdamage.XDamageQueryVersion(display, outInt(), outInt()) === 0) return undefined;
    return new ReportedDamage(connection, eventBase[0]!, isShared);
  }

  start(notify: () => void): void {
    const { display, root, libraries: { xdamage, xfixes } } = this.#connection;
    this.#notify = notify;
    this.#box = undefined;
    this.#region = xfixes!.XFixesCreateRegion(display, null, 0);
    const level = this.#isShared() ? REPORT_BOUNDING_BOX : REPORT_NON_EMPTY;
    this.#damage = xdamage!.XDamageCreate(display, root, level);
  }

  stop(): void {
    if (this.#notify === undefined) return;
    const { display, libraries: { xdamage, xfixes } } = this.#connection;
    this.#notify = undefined;
    xdamage!.XDamageDestroy(display, this.#damage);
    xfixes!.XFixesDestroyRegion(display, this.#region);
  }

  /** What was drawn since the last notice is told of by the next one. */
  take(): readonly Rect[] {
    const box = this.#box;
    this.#box = undefined;
    if (box === undefined) return [];
    return areaOf(box) <= SMALL_AREA ? this.#takeBox(box) : this.#takeAll();
  }

  /** Asks for nothing; what the server has outside of the box, it tells of again. */
  #takeBox(box: Rect): readonly Rect[] {
    const { display, libraries: { xdamage, xfixes } } = this.#connection;
    const rectangle = Int16Array.of(box.x, box.y, box.width, box.height);
    xfixes!.XFixesSetRegion(display, this.#region, rectangle, 1);
    xdamage!.XDamageSubtract(display, this.#damage, this.#region, 0n);
    return [box];
  }

  #takeAll(): readonly Rect[] {
    const { display, libraries: { x11, xdamage, xfixes } } = this.#connection;
    xdamage!.XDamageSubtract(display, this.#damage, 0n, this.#region);
    const count = outInt();
    const rectangles = xfixes!.XFixesFetchRegion(display, this.#region, count);
    if (rectangles === null) return [];
    const rects = readRectangles(rectangles, count[0]!);
    x11.XFree(rectangles);
    return mergeRects(rects);
  }

  #told(event: DataView): void {
    const area = rectangleAt(event, XDamageNotifyEvent.area);
    if (isEmpty(area)) return;
    this.#box = this.#box === undefined ? area : boundingBox(this.#box, area);
    this.#notify?.();
  }
}

/** How long a polled screen may differ from what its viewers see, in milliseconds. */
const POLL_INTERVAL = 30;

/** Where the server doesn't tell: any grab may find changes, and the next is due a while later. */
export class PolledDamage implements DamageSource {
  #notify: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  start(notify: () => void): void {
    this.#notify = notify;
    this.#schedule();
  }

  stop(): void {
    this.#notify = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  take(): undefined {
    if (this.#notify !== undefined) this.#schedule();
    return undefined;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#notify?.();
    }, POLL_INTERVAL);
  }
}

function readRectangles(rectangles: Deno.PointerObject, count: number): Rect[] {
  const { size } = XRectangle;
  const view = new DataView(Deno.UnsafePointerView.getArrayBuffer(rectangles, count * size));
  return Array.from({ length: count }, (_, i) => rectangleAt(view, i * size));
}

function rectangleAt(view: DataView, at: number): Rect {
  return {
    x: view.getInt16(at + XRectangle.x, LITTLE_ENDIAN),
    y: view.getInt16(at + XRectangle.y, LITTLE_ENDIAN),
    width: view.getUint16(at + XRectangle.width, LITTLE_ENDIAN),
    height: view.getUint16(at + XRectangle.height, LITTLE_ENDIAN),
  };
}

const MANY_RECTS = 32;
/** Pixels that cost less to look at in vain than one more rectangle does. */
const CHEAP_AREA = 4096;

/**
 * Fewer rectangles that hold the same pixels and some more: neighbours become one where that adds
 * little, and where many are left, where it adds more. One pass over the list, as the server may
 * report thousands; making a region of so many just to simplify that takes milliseconds.
 * @param rects Sorted from the top down and from left to right, as the server has them.
 */
export function mergeRects(rects: readonly Rect[]): readonly Rect[] {
  let merged = rects;
  for (let slack = CHEAP_AREA; merged.length > MANY_RECTS; slack *= 4) {
    merged = mergeNeighbours(merged, slack);
  }
  return merged;
}

function mergeNeighbours(rects: readonly Rect[], slack: number): Rect[] {
  const merged: Rect[] = [];
  for (const rect of rects) {
    const last = merged.at(-1);
    const both = last === undefined ? rect : boundingBox(last, rect);
    if (last !== undefined && areaOf(both) <= areaOf(last) + areaOf(rect) + slack) {
      merged[merged.length - 1] = both;
    } else {
      merged.push(rect);
    }
  }
  return merged;
}

function boundingBox(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}
