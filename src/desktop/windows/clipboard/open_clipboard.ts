import type { Logger } from "../../../log.ts";
import type { ClipboardContent, ClipboardFormat } from "../../desktop.ts";
import { CODINGS } from "./clipboard_data.ts";
import { isV5 } from "./dib.ts";
import { allocate, readMemory, sizeOf } from "../global_memory.ts";
import type { Libraries } from "../libraries.ts";
import { wide } from "../wide.ts";

const CF_DIB = 8;
const CF_UNICODETEXT = 13;
const CF_DIBV5 = 17;

/** Marks of content that isn't for programs that watch the clipboard: passwords, mostly. */
const SECRET = ["ExcludeClipboardContentFromMonitorProcessing", "Clipboard Viewer Ignore"];
/** As numbers of 32 bits, of which 0 says the same. */
const PERMISSIONS = ["CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"];

const FORMATS = Object.keys(CODINGS) as ClipboardFormat[];

/** What is done with the clipboard while it's open. */
export class OpenClipboard {
  readonly #libraries: Libraries;
  readonly #log: Logger;
  /** What Windows calls a format; the first that is there is read, as Windows converts them. */
  readonly #ids: Readonly<Record<ClipboardFormat, readonly number[]>>;
  readonly #secret: readonly number[];
  readonly #permissions: readonly number[];

  constructor(libraries: Libraries, log: Logger) {
    this.#libraries = libraries;
    this.#log = log;
    const named = (name: string) => libraries.user32.RegisterClipboardFormatW(wide(name));
    this.#ids = {
      rtf: [named("Rich Text Format")],
      html: [named("HTML Format")],
      dib: [CF_DIB, CF_DIBV5],
      text: [CF_UNICODETEXT],
    };
    this.#secret = SECRET.map(named);
    this.#permissions = PERMISSIONS.map(named);
  }

  /** Replaces what is there, unless nothing of the content may be put there. */
  write(content: ClipboardContent): void {
    const blocks = FORMATS.flatMap((format) => {
      const { encode, longest, isSound } = CODINGS[format];
      const bytes = encode(content);
      if (bytes === undefined) return [];
      if (bytes.length > longest || !isSound(bytes)) return this.#leaveOut(format, bytes.length);
      return { id: format === "dib" && isV5(bytes) ? CF_DIBV5 : this.#ids[format][0]!, bytes };
    });
    if (blocks.length === 0) return;
    this.#libraries.user32.EmptyClipboard();
    for (const { id, bytes } of blocks) this.#put(id, bytes);
  }

  /** What is there, if that's to be had and to be passed on. */
  read(): ClipboardContent | undefined {
    if (this.#isSecret()) {
      this.#log.debug("the desktop's clipboard is marked as not to be passed on");
      return undefined;
    }
    const parts = FORMATS.flatMap((format) => this.#readAs(format));
    return parts.length === 0 ? undefined : Object.assign({}, ...parts);
  }

  #put(id: number, bytes: Uint8Array<ArrayBuffer>): void {
    const { user32, kernel32 } = this.#libraries;
    const memory = allocate(this.#libraries, bytes);
    // It's the clipboard's now, unless that didn't take it.
    if (memory !== null && user32.SetClipboardData(id, memory) !== null) return;
    kernel32.GlobalFree(memory);
    this.#log.warn(`Windows' clipboard didn't take ${bytes.length} bytes`);
  }

  #readAs(format: ClipboardFormat): ClipboardContent | [] {
    const { user32 } = this.#libraries;
    const id = this.#ids[format].find((id) => user32.IsClipboardFormatAvailable(id) !== 0);
    if (id === undefined) return [];
    const { decode, longest, isSound } = CODINGS[format];
    const memory = user32.GetClipboardData(id);
    const size = sizeOf(this.#libraries, memory);
    const bytes = size > longest ? undefined : readMemory(this.#libraries, memory, size);
    return bytes !== undefined && isSound(bytes) ? decode(bytes) : this.#leaveOut(format, size);
  }

  #isSecret(): boolean {
    const { user32 } = this.#libraries;
    const isThere = (id: number) => user32.IsClipboardFormatAvailable(id) !== 0;
    const isForbidden = (id: number) => {
      const memory = user32.GetClipboardData(id);
      if (sizeOf(this.#libraries, memory) < 4) return false;
      return readMemory(this.#libraries, memory, 4)?.every((byte) => byte === 0) ?? false;
    };
    return this.#secret.some(isThere) ||
      this.#permissions.some((id) => isThere(id) && isForbidden(id));
  }

  #leaveOut(format: ClipboardFormat, size: number): [] {
    this.#log.info(`clipboard: ${format} of ${size} bytes is left out`);
    return [];
  }
}
