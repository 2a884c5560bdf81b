import { CODINGS } from "../../../src/desktop/windows/clipboard/clipboard_data.ts";
import { allocate, readMemory, sizeOf } from "../../../src/desktop/windows/global_memory.ts";
import type { Libraries } from "../../../src/desktop/windows/libraries.ts";
import { MessageWindow } from "../../../src/desktop/windows/message_window.ts";
import { wide } from "../../../src/desktop/windows/wide.ts";
import { silentLogger } from "./silent_logger.ts";

export const CF_TEXT = 1;
export const CF_DIB = 8;
export const CF_UNICODETEXT = 13;
export const CF_DIBV5 = 17;

/** What has a window of its own, and so is another program to the clipboard. */
export class OtherProgram implements Disposable {
  readonly #libraries: Libraries;
  readonly #window: MessageWindow;

  constructor(libraries: Libraries) {
    this.#libraries = libraries;
    this.#window = new MessageWindow(libraries, silentLogger);
    this.#window.start();
  }

  /** The number of a format with a name. */
  named(name: string): number {
    return this.#libraries.user32.RegisterClipboardFormatW(wide(name));
  }

  /** @returns Whether nobody else has it open. */
  open(): boolean {
    return this.#libraries.user32.OpenClipboard(this.#window.handle) !== 0;
  }

  close(): void {
    this.#libraries.user32.CloseClipboard();
  }

  /** Puts bytes on the clipboard, by their formats' numbers. */
  copy(blocks: ReadonlyMap<number, Uint8Array<ArrayBuffer>>): void {
    if (!this.open()) throw new Error("the clipboard is open");
    this.#libraries.user32.EmptyClipboard();
    for (const [id, bytes] of blocks) {
      const memory = allocate(this.#libraries, bytes);
      if (this.#libraries.user32.SetClipboardData(id, memory) === null) throw new Error("not set");
    }
    this.close();
  }

  copyText(text: string): void {
    this.copy(new Map([[CF_UNICODETEXT, CODINGS.text.encode({ text })!]]));
  }

  /** What the clipboard holds in a format. */
  paste(id: number): Uint8Array<ArrayBuffer> | undefined {
    if (!this.open()) throw new Error("the clipboard is open");
    const memory = this.#libraries.user32.GetClipboardData(id);
    const bytes = memory === null
      ? undefined
      : readMemory(this.#libraries, memory, sizeOf(this.#libraries, memory));
    this.close();
    return bytes;
  }

  /** The text as it lies there, up to the NUL. */
  pasteText(): string | undefined {
    const bytes = this.paste(CF_UNICODETEXT);
    if (bytes === undefined) return undefined;
    return new TextDecoder("utf-16le").decode(bytes).split("\0")[0];
  }

  [Symbol.dispose](): void {
    this.#window.stop();
  }
}
