import {
  CLIPBOARD,
  type ClipboardCaps,
  clipboardCaps,
  type ClipboardMessage,
  clipboardNotify,
  clipboardProvide,
  clipboardRequest,
  DEFAULT_CLIPBOARD_CAPS,
  providedLength,
} from "../../rfb/extended_clipboard.ts";
import type { Rights } from "../../security/rights.ts";
import { serverCutText } from "../../rfb/server_messages.ts";

/** The messages that a viewer may send which sets the clipboard, and which gets it. */
const SETTING = CLIPBOARD.notify | CLIPBOARD.provide;
const GETTING = CLIPBOARD.request | CLIPBOARD.peek;

const NOT_LATIN1 = /[^\0-\xff]/;

type ClipboardRights = Pick<Rights, "clipboardIn" | "clipboardOut">;

/**
 * One viewer's side of the clipboard: what it is to be sent, kept as state, so that however often
 * something is copied only the newest text waits.
 * ```
 * desktop's text -> provide, or notify ... request -> provide;  or ServerCutText in Latin-1
 * viewer's text  -> notify -> request ... provide;  or provide at once
 * ```
 */
export class ClipboardExchange {
  readonly #rights: ClipboardRights;
  readonly #changed: () => void;
  /** Whether the viewer has listed the Extended Clipboard, and what it receives then. */
  #extended = false;
  #viewerCaps = DEFAULT_CLIPBOARD_CAPS;
  /** The newest text of the desktop. */
  #text: string | undefined;
  /** Whether it was sent in Latin-1, which lacks some of its characters. */
  #isSpoiled = false;

  #capsPending = false;
  #offerPending = false;
  #notifyPending = false;
  #providePending = false;
  #requestPending = false;

  /**
   * @param rights Whether the viewer may set the clipboard, and whether it may get it.
   * @param changed Told when there is something to be sent.
   */
  constructor(rights: ClipboardRights, changed: () => void) {
    this.#rights = rights;
    this.#changed = changed;
  }

  /** SetEncodings; vncd's caps answer each one that lists the Extended Clipboard. */
  setExtended(extended: boolean): void {
    this.#extended = extended;
    this.#capsPending = extended;
    // What was copied before the viewer said so comes again, whole.
    if (extended && this.#isSpoiled) this.#offerPending = true;
    this.#changed();
  }

  /** The desktop has a new text. */
  offer(text: string): void {
    if (!this.#rights.clipboardOut) return;
    this.#text = text;
    this.#offerPending = true;
    this.#changed();
  }

  /**
   * A message of the Extended Clipboard.
   * @returns What it provides, if that has text, and the viewer may set the clipboard.
   */
  receive(message: ClipboardMessage): Uint8Array | undefined {
    const { clipboardIn, clipboardOut } = this.#rights;
    switch (message.action) {
      case "caps":
        this.#viewerCaps = message.caps;
        break;
      case "request":
        this.#providePending = hasText(message.formats) && this.#text !== undefined;
        break;
      case "peek":
        this.#notifyPending = clipboardOut;
        break;
      case "notify":
        this.#requestPending = clipboardIn && hasText(message.formats);
        break;
      case "provide":
        return clipboardIn && hasText(message.formats) ? message.compressed : undefined;
    }
    this.#changed();
    return undefined;
  }

  /** Takes the next message out of the state. */
  nextMessage(): Uint8Array | undefined {
    if (this.#capsPending) {
      this.#capsPending = false;
      return clipboardCaps(this.#caps);
    }
    if (this.#requestPending) {
      this.#requestPending = false;
      return clipboardRequest(CLIPBOARD.text);
    }
    if (this.#offerPending) {
      this.#offerPending = false;
      return this.#offerMessage(this.#text!);
    }
    if (this.#notifyPending) {
      this.#notifyPending = false;
      return clipboardNotify(this.#text === undefined ? 0 : CLIPBOARD.text);
    }
    if (this.#providePending) {
      this.#providePending = false;
      return clipboardProvide(this.#text!);
    }
    return undefined;
  }

  /** vncd takes text, but wants to be told of it first: then it needs to fetch the newest only. */
  get #caps(): ClipboardCaps {
    const { clipboardIn, clipboardOut } = this.#rights;
    const messages = (clipboardIn ? SETTING : 0) | (clipboardOut ? GETTING : 0);
    return { flags: messages && messages | CLIPBOARD.text, textSize: 0 };
  }

  #offerMessage(text: string): Uint8Array {
    const { flags, textSize } = this.#viewerCaps;
    this.#isSpoiled = false;
    if (this.#extended && hasText(flags)) {
      if (flags & CLIPBOARD.provide && providedLength(text) <= textSize) {
        return clipboardProvide(text);
      }
      if (flags & CLIPBOARD.notify) return clipboardNotify(CLIPBOARD.text);
    }
    this.#isSpoiled = NOT_LATIN1.test(text);
    return serverCutText(text);
  }
}

function hasText(formats: number): boolean {
  return (formats & CLIPBOARD.text) !== 0;
}
