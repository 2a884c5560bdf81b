import { decodeLatin1, encodeLatin1 } from "../../latin1.ts";
import { RecentClipboard } from "../recent_clipboard.ts";
import type { Connection } from "./connection.ts";
import {
  LITTLE_ENDIAN,
  outInt,
  outLong,
  XEvent,
  XFixesSelectionNotifyEvent,
  XSelectionEvent,
  XSelectionRequestEvent,
} from "./structs.ts";

const SELECTION_REQUEST = 30;
const SELECTION_NOTIFY = 31;
/** Events of XFIXES, counted from its first. */
const FIXES_SELECTION_NOTIFY = 0;
const SET_SELECTION_OWNER_NOTIFY_MASK = 1n;
const PROP_MODE_REPLACE = 0;
const CURRENT_TIME = 0n;
const NONE = 0n;
/** The atoms that every server has. */
const PRIMARY = 1n;
const ATOM = 4n;
const STRING = 31n;

/** The longest text that is passed on, in bytes. Longer ones need transfers in pieces (INCR). */
const LONGEST = 1 << 20;

/**
 * Text through the selections PRIMARY (what is selected) and CLIPBOARD (what was copied), by the
 * rules of the ICCCM.
 */
export class Clipboard {
  readonly #connection: Connection;
  readonly #window: bigint;
  readonly #selections: readonly bigint[];
  /** Where other programs put the text that we asked for: a property for each selection. */
  readonly #inbox: ReadonlyMap<bigint, bigint>;
  readonly #atoms: { targets: bigint; utf8: bigint; text: bigint; mimeText: bigint };
  /** The text that we own the selections with. */
  #own: string | undefined;
  /** The last that a viewer set or `notify` was told. */
  readonly #recent = new RecentClipboard();
  #notify: ((text: string) => void) | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { display, root, fixesEventBase, libraries: { x11 } } = connection;
    this.#window = x11.XCreateSimpleWindow(display, root, 0, 0, 1, 1, 0, 0n, 0n);
    this.#selections = [PRIMARY, connection.atom("CLIPBOARD")];
    this.#inbox = new Map([
      [this.#selections[0]!, connection.atom("VNCD_PRIMARY")],
      [this.#selections[1]!, connection.atom("VNCD_CLIPBOARD")],
    ]);
    this.#atoms = {
      targets: connection.atom("TARGETS"),
      utf8: connection.atom("UTF8_STRING"),
      text: connection.atom("TEXT"),
      mimeText: connection.atom("text/plain;charset=utf-8"),
    };
    connection.on(SELECTION_REQUEST, (event) => this.#answer(event));
    connection.on(SELECTION_NOTIFY, (event) => this.#receive(event));
    if (fixesEventBase === undefined) return;
    connection.on(fixesEventBase + FIXES_SELECTION_NOTIFY, (event) => this.#ownerChanged(event));
  }

  /** Calls `notify` with each text that another program offers from now on. */
  start(notify: (text: string) => void): void {
    this.#notify = notify;
    this.#select(SET_SELECTION_OWNER_NOTIFY_MASK);
  }

  stop(): void {
    this.#notify = undefined;
    // Whoever watches next knows of no text.
    this.#recent.forget();
    this.#select(0n);
  }

  /** Offers a text to other programs. */
  set(text: string): void {
    this.#recent.remember({ text });
    if (new TextEncoder().encode(text).length > LONGEST) {
      this.#connection.log.warn(`a clipboard text of more than ${LONGEST} bytes was left out`);
      return;
    }
    this.#own = text;
    const { display, libraries: { x11 } } = this.#connection;
    for (const selection of this.#selections) {
      x11.XSetSelectionOwner(display, selection, this.#window, CURRENT_TIME);
    }
  }

  #select(mask: bigint): void {
    const { display, fixesEventBase, libraries: { xfixes } } = this.#connection;
    if (fixesEventBase === undefined) return;
    for (const selection of this.#selections) {
      xfixes!.XFixesSelectSelectionInput(display, this.#window, selection, mask);
    }
  }

  #ownerChanged(event: DataView): void {
    const owner = event.getBigUint64(XFixesSelectionNotifyEvent.owner, LITTLE_ENDIAN);
    if (owner === this.#window || owner === NONE || this.#notify === undefined) return;
    const selection = event.getBigUint64(XFixesSelectionNotifyEvent.selection, LITTLE_ENDIAN);
    const time = event.getBigUint64(XFixesSelectionNotifyEvent.timestamp, LITTLE_ENDIAN);
    this.#ask(selection, this.#atoms.utf8, time);
  }

  #ask(selection: bigint, target: bigint, time: bigint): void {
    const { display, libraries: { x11 } } = this.#connection;
    const property = this.#inbox.get(selection);
    if (property === undefined) return;
    x11.XConvertSelection(display, selection, target, property, this.#window, time);
  }

  /** The answer to {@linkcode #ask}. */
  #receive(event: DataView): void {
    if (this.#notify === undefined) return;
    const field = (offset: number): bigint => event.getBigUint64(offset, LITTLE_ENDIAN);
    const [target, property] = [field(XSelectionEvent.target), field(XSelectionEvent.property)];
    if (property === NONE) {
      if (target === this.#atoms.utf8) {
        this.#ask(field(XSelectionEvent.selection), STRING, field(XSelectionEvent.time));
      }
      return;
    }
    const text = this.#readText(property);
    // Clipboard managers take a text over, and many programs offer it as both selections: no news.
    if (text !== undefined && !this.#recent.isEcho({ text })) this.#notify(text);
  }

  #readText(property: bigint): string | undefined {
    const { display, log, libraries: { x11 } } = this.#connection;
    const [type, format, items, rest, data] = [
      ...[outLong(), outInt(), outLong(), outLong(), outLong()] as const,
    ] as const;
    x11.XGetWindowProperty(
      ...[display, this.#window, property, 0n, BigInt(LONGEST / 4), 0, 0n] as const,
      ...[type, format, items, rest, data] as const,
    );
    x11.XDeleteProperty(display, this.#window, property);
    const address = Deno.UnsafePointer.create(data[0]!);
    if (address === null) return undefined;
    const isText = type[0] === this.#atoms.utf8 || type[0] === STRING;
    let text: string | undefined;
    if (isText && format[0] === 8 && rest[0] === 0n) {
      // A copy, as a decoder's input may not be memory that is about to be freed.
      const bytes = new Uint8Array(Number(items[0]!));
      if (bytes.length > 0) Deno.UnsafePointerView.copyInto(address, bytes);
      text = type[0] === STRING ? decodeLatin1(bytes) : new TextDecoder().decode(bytes);
    } else {
      log.debug("the desktop's clipboard holds no text, or too long a one");
    }
    x11.XFree(address);
    return text;
  }

  /** Gives our text to a program that asks for it, in the form that it wants. */
  #answer(event: DataView): void {
    const field = (offset: number): bigint => event.getBigUint64(offset, LITTLE_ENDIAN);
    const requestor = field(XSelectionRequestEvent.requestor);
    const target = field(XSelectionRequestEvent.target);
    // Programs from before the ICCCM name no property.
    const property = field(XSelectionRequestEvent.property) || target;
    const isAnswered = this.#put(requestor, property, target);

    const reply = new DataView(new ArrayBuffer(XEvent.size));
    reply.setInt32(XEvent.type, SELECTION_NOTIFY, LITTLE_ENDIAN);
    const set = (offset: number, id: bigint) => reply.setBigUint64(offset, id, LITTLE_ENDIAN);
    set(XSelectionEvent.requestor, requestor);
    set(XSelectionEvent.selection, field(XSelectionRequestEvent.selection));
    set(XSelectionEvent.target, target);
    set(XSelectionEvent.property, isAnswered ? property : NONE);
    set(XSelectionEvent.time, field(XSelectionRequestEvent.time));
    const { display, libraries: { x11 } } = this.#connection;
    x11.XSendEvent(display, requestor, 0, 0n, reply);
  }

  #put(requestor: bigint, property: bigint, target: bigint): boolean {
    const { display, libraries: { x11 } } = this.#connection;
    const { targets, utf8, text: anyText, mimeText } = this.#atoms;
    const put = (type: bigint, format: 8 | 32, data: BufferSource, items: number): true => {
      x11.XChangeProperty(
        ...[display, requestor, property, type, format, PROP_MODE_REPLACE, data, items] as const,
      );
      return true;
    };
    const text = this.#own;
    if (text === undefined) return false;
    switch (target) {
      case targets: {
        // Items of 32 bits are handed over as longs.
        const offered = new BigUint64Array([targets, utf8, mimeText, anyText, STRING]);
        return put(ATOM, 32, offered, offered.length);
      }
      case utf8:
      case anyText:
      case mimeText: {
        const bytes = new TextEncoder().encode(text);
        return put(target === mimeText ? mimeText : utf8, 8, bytes, bytes.length);
      }
      case STRING: {
        const bytes = encodeLatin1(text);
        return put(STRING, 8, bytes, bytes.length);
      }
      default:
        return false;
    }
  }
}
