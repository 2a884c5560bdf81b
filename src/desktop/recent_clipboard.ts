import type { ClipboardContent } from "./desktop.ts";

/** Milliseconds within which the same content again is an echo, and not somebody who copies it again. */
const MOMENT = 1000;

/**
 * Knows a clipboard's content that comes again within moments: offered as two selections, taken over
 * by a clipboard manager, or sent back by a viewer, in fewer formats perhaps.
 */
export class RecentClipboard {
  readonly #now: () => number;
  #content: ClipboardContent | undefined;
  #since = 0;

  /** @param now Milliseconds from any start. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether all of it was in the last content, of moments ago; if not, it is the last one now. */
  isEcho(content: ClipboardContent): boolean {
    const last = this.#content;
    if (last !== undefined && this.#now() - this.#since < MOMENT && isWithin(content, last)) {
      return true;
    }
    this.remember(content);
    return false;
  }

  /** Makes it the last content. */
  remember(content: ClipboardContent): void {
    this.#content = content;
    this.#since = this.#now();
  }

  forget(): void {
    this.#content = undefined;
  }
}

function isWithin(content: ClipboardContent, last: ClipboardContent): boolean {
  const { text, html, rtf, dib } = content;
  return (text === undefined || text === last.text) && (html === undefined || html === last.html) &&
    (rtf === undefined || areEqual(rtf, last.rtf)) &&
    (dib === undefined || areEqual(dib, last.dib));
}

function areEqual(bytes: Uint8Array, others: Uint8Array | undefined): boolean {
  return bytes.length === others?.length && bytes.every((byte, i) => byte === others[i]);
}
