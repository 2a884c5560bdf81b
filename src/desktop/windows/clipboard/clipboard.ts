import type { Logger } from "../../../log.ts";
import type { ClipboardContent } from "../../desktop.ts";
import { RecentClipboard } from "../../recent_clipboard.ts";
import type { Libraries } from "../libraries.ts";
import type { MessageWindow } from "../message_window.ts";
import { OpenClipboard } from "./open_clipboard.ts";
import type { Part } from "../part.ts";

const WM_CLIPBOARDUPDATE = 0x31d;

/** Windows' clipboard: what other programs put there, and what viewers do. */
export class Clipboard implements Part {
  readonly #libraries: Libraries;
  readonly #window: MessageWindow;
  readonly #log: Logger;
  readonly #open: OpenClipboard;
  /** The last that a viewer set or `notify` was told. */
  readonly #recent = new RecentClipboard();
  #notify: ((content: ClipboardContent) => void) | undefined;
  /** What a viewer set and the clipboard has not got yet: another program has it open, or nobody watches. */
  #due: ClipboardContent | undefined;
  /** Whether it's to be read. */
  #isStale = false;
  /** Windows counts the changes: the last one that was seen. */
  #seen = 0;

  /** @param window Started before the clipboard is, and stopped after it. */
  constructor(libraries: Libraries, window: MessageWindow, log: Logger) {
    this.#libraries = libraries;
    this.#window = window;
    this.#log = log;
    this.#open = new OpenClipboard(libraries, log);
    window.on(WM_CLIPBOARDUPDATE, () => this.#isStale = true);
  }

  /** Calls `notify` with all that another program copies from now on. */
  start(notify: (content: ClipboardContent) => void): void {
    const { user32 } = this.#libraries;
    this.#notify = notify;
    this.#isStale = false;
    this.#seen = user32.GetClipboardSequenceNumber();
    if (user32.AddClipboardFormatListener(this.#window.handle) === 0) {
      this.#log.warn("Windows doesn't tell of its clipboard");
    }
    this.#writeDue();
  }

  stop(): void {
    this.#libraries.user32.RemoveClipboardFormatListener(this.#window.handle);
    this.#notify = undefined;
    // Whoever watches next knows of nothing.
    this.#recent.forget();
  }

  /** Puts it on the clipboard, as soon as that can be had. */
  set(content: ClipboardContent): void {
    this.#recent.remember(content);
    this.#due = content;
    this.#writeDue();
  }

  look(): boolean {
    if (this.#due !== undefined) this.#writeDue();
    if (!this.#isStale) return false;
    const content = this.#readNew();
    // Clipboard managers put a copy there themselves: no news.
    if (content === undefined || this.#recent.isEcho(content)) return false;
    this.#notify?.(content);
    return true;
  }

  /**
   * Does something while no other program has the clipboard; one at a time may.
   * @returns Whether it could be had.
   */
  #withClipboard(use: () => void): boolean {
    const { user32 } = this.#libraries;
    const { handle } = this.#window;
    // Without a window it would have no owner, and take nothing.
    if (handle === null || user32.OpenClipboard(handle) === 0) return false;
    try {
      use();
    } finally {
      user32.CloseClipboard();
    }
    return true;
  }

  #writeDue(): void {
    const content = this.#due;
    if (content !== undefined && this.#withClipboard(() => this.#open.write(content))) {
      this.#due = undefined;
    }
  }

  /** What another program has put there since the last time, if that's to be had and to be told. */
  #readNew(): ClipboardContent | undefined {
    const { user32 } = this.#libraries;
    if (this.#isOwn() || user32.GetClipboardSequenceNumber() === this.#seen) {
      this.#isStale = false;
      return undefined;
    }
    // Its owner may be asked to make the content now, and would keep us waiting.
    if (user32.IsHungAppWindow(user32.GetClipboardOwner()) !== 0) return undefined;
    let content: ClipboardContent | undefined;
    const isRead = this.#withClipboard(() => {
      content = this.#open.read();
      // What is made only when somebody reads it may count as a change.
      this.#seen = user32.GetClipboardSequenceNumber();
    });
    // A later look tries again.
    this.#isStale = !isRead;
    return content;
  }

  #isOwn(): boolean {
    const owner = this.#libraries.user32.GetClipboardOwner();
    return owner !== null && Deno.UnsafePointer.equals(owner, this.#window.handle);
  }
}
