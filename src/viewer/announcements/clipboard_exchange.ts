import type { ClipboardContent, ClipboardFormat } from "../../desktop/desktop.ts";
import {
  bitsOf,
  CLIPBOARD,
  clipboardCaps,
  type ClipboardMessage,
  clipboardNotify,
  type ClipboardProvide,
  clipboardProvide,
  clipboardRequest,
  DEFAULT_CLIPBOARD_CAPS,
  formatsIn,
  formatsOf,
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
 * something is copied only the newest content waits.
 * ```
 * desktop's content -> provide, or notify ... request -> provide;  or its text in Latin-1
 * viewer's content  -> notify -> request ... provide;  or provide at once
 * ```
 */
export class ClipboardExchange {
  readonly #rights: ClipboardRights;
  readonly #changed: () => void;
  /** Whether the viewer has listed the Extended Clipboard, and what it receives then. */
  #extended = false;
  #viewerCaps = DEFAULT_CLIPBOARD_CAPS;
  /** The newest content of the desktop. */
  #content: ClipboardContent = {};
  /** Whether the viewer got less of it than the Extended Clipboard passes. */
  #isSpoiled = false;

  #capsPending = false;
  #offerPending = false;
  #notifyPending = false;
  /** Bits of the formats that the viewer has asked for, and that it is to be asked for. */
  #provideFormats = 0;
  #requestFormats = 0;

  /** The bits of the formats that the desktop takes. */
  readonly #wanted: number;

  /**
   * @param formats What the desktop takes.
   * @param rights Whether the viewer may set the clipboard, and whether it may get it.
   * @param changed Told when there is something to be sent.
   */
  constructor(
    formats: readonly ClipboardFormat[],
    rights: ClipboardRights,
    changed: () => void,
  ) {
    this.#wanted = bitsOf(formats);
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

  /** The desktop has a new content. */
  offer(content: ClipboardContent): void {
    if (!this.#rights.clipboardOut) return;
    this.#content = content;
    this.#offerPending = true;
    this.#changed();
  }

  /**
   * A message of the Extended Clipboard.
   * @returns What it provides, if that has a format that the desktop takes, and the viewer may set the
   *   clipboard.
   */
  receive(message: ClipboardMessage): ClipboardProvide | undefined {
    const { clipboardIn, clipboardOut } = this.#rights;
    switch (message.action) {
      case "caps":
        this.#viewerCaps = message.caps;
        break;
      case "request":
        this.#provideFormats = message.formats & formatsOf(this.#content);
        break;
      case "peek":
        this.#notifyPending = clipboardOut;
        break;
      case "notify":
        this.#requestFormats = clipboardIn ? message.formats & this.#wanted : 0;
        break;
      case "provide":
        return clipboardIn && (message.formats & this.#wanted) !== 0 ? message : undefined;
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
    if (this.#requestFormats !== 0) {
      const formats = this.#requestFormats;
      this.#requestFormats = 0;
      return clipboardRequest(formats);
    }
    if (this.#offerPending) {
      this.#offerPending = false;
      const message = this.#offerMessage(this.#content);
      if (message !== undefined) return message;
    }
    if (this.#notifyPending) {
      this.#notifyPending = false;
      return clipboardNotify(formatsOf(this.#content));
    }
    // Another content may be there by now, without what was asked for.
    const formats = this.#provideFormats & formatsOf(this.#content);
    this.#provideFormats = 0;
    return formats === 0 ? undefined : clipboardProvide(this.#content, formats);
  }

  /** vncd wants to be told of a content first: then it needs to fetch the newest only. */
  get #caps(): number {
    const { clipboardIn, clipboardOut } = this.#rights;
    const messages = (clipboardIn ? SETTING : 0) | (clipboardOut ? GETTING : 0);
    return messages && messages | this.#wanted;
  }

  /** Undefined where the viewer has no way to get any of it. */
  #offerMessage(content: ClipboardContent): Uint8Array | undefined {
    const { flags, sizes } = this.#viewerCaps;
    this.#isSpoiled = false;
    const formats = flags & formatsOf(content);
    if (this.#extended && formats !== 0) {
      const isShort = (name: ClipboardFormat) =>
        providedLength(content, name) <= (sizes[name] ?? 0);
      // All or nothing: what comes unasked is the whole new content to the viewer.
      if (flags & CLIPBOARD.provide && formatsIn(formats).every(isShort)) {
        return clipboardProvide(content, formats);
      }
      if (flags & CLIPBOARD.notify) return clipboardNotify(formats);
    }
    const { text } = content;
    this.#isSpoiled = formatsOf(content) !== CLIPBOARD.text || NOT_LATIN1.test(text ?? "");
    return text === undefined ? undefined : serverCutText(text);
  }
}
