import { assertEquals } from "@std/assert";
import type { ClipboardContent } from "../../../../src/desktop/desktop.ts";
import { Clipboard } from "../../../../src/desktop/windows/clipboard/clipboard.ts";
import { CODINGS } from "../../../../src/desktop/windows/clipboard/clipboard_data.ts";
import type { Libraries } from "../../../../src/desktop/windows/libraries.ts";
import type { MessageWindow } from "../../../../src/desktop/windows/message_window.ts";
import { createLogger } from "../../../../src/log.ts";

const utf16 = (text: string) =>
  new Uint8Array(Uint16Array.from(text.split(""), (unit) => unit.charCodeAt(0)).buffer);

Deno.test("windows clipboard: text is UTF-16, with CRLF and a NUL behind", () => {
  const { encode, decode } = CODINGS.text;
  assertEquals(encode({ text: "é\n🙂\r\n" }), utf16("é\r\n🙂\r\n\0"));
  assertEquals(encode({ text: "" }), utf16("\0"));
  assertEquals(decode(utf16("a\r\n\r\n\rb\0rest")), { text: "a\n\n\rb" });
  assertEquals(decode(utf16("no NUL")), { text: "no NUL" });
  assertEquals(decode(Uint8Array.of(65, 0, 66)), { text: "A" });
  assertEquals(decode(new Uint8Array(0)), { text: "" });
  assertEquals(decode(utf16("\ufeff\ud800")), { text: "\ufeff\ufffd" });
});

Deno.test("windows clipboard: HTML and RTF are read without what is padded behind", () => {
  const html = "<html><body><!--StartFragment-->漢<!--EndFragment--></body></html>";
  const bytes = CODINGS.html.encode({ html })!;
  assertEquals(bytes.at(-1), 0);
  assertEquals(CODINGS.html.decode(Uint8Array.from([...bytes, 7, 7])), { html });
  const rtf = new TextEncoder().encode("{\\rtf1\\bin1 \0}");
  assertEquals(CODINGS.rtf.decode(Uint8Array.from([...rtf, 0, 0, 0])), { rtf });
  assertEquals(CODINGS.rtf.encode({ rtf }), Uint8Array.from([...rtf, 0]));
});

Deno.test("windows clipboard: what isn't in the content isn't encoded", () => {
  for (const { encode } of Object.values(CODINGS)) assertEquals(encode({}), undefined);
});

/** A clipboard that takes nothing, or gives what it doesn't have. */
class BrokenWindows {
  readonly calls: string[] = [];
  /** What has been allocated and not been freed. */
  memory = 0;
  hasMemory = true;
  sequence = 1;
  isOwnerHung = false;

  readonly libraries = {
    user32: {
      RegisterClipboardFormatW: () => 0xc000,
      AddClipboardFormatListener: () => 0,
      GetClipboardSequenceNumber: () => this.sequence,
      GetClipboardOwner: () => null,
      IsHungAppWindow: () => Number(this.isOwnerHung),
      OpenClipboard: () => this.calls.push("open"),
      CloseClipboard: () => this.calls.push("close"),
      EmptyClipboard: () => 1,
      IsClipboardFormatAvailable: (id: number) => Number(id !== 0xc000),
      GetClipboardData: () => null,
      SetClipboardData: () => null,
    },
    kernel32: {
      GlobalAlloc: () => {
        if (!this.hasMemory) return null;
        this.memory++;
        return {};
      },
      GlobalFree: (handle: unknown) => {
        if (handle !== null) this.memory--;
      },
      GlobalLock: (handle: unknown) => handle,
      GlobalUnlock: () => 0,
      GlobalSize: () => 0n,
      RtlMoveMemory: () => {},
    },
  } as unknown as Libraries;

  changed: () => void = () => {};
  readonly window = {
    handle: {},
    on: (_: number, handler: () => void) => this.changed = handler,
  } as unknown as MessageWindow;
}

Deno.test("windows clipboard: what the clipboard doesn't take is freed, and it's closed", () => {
  const windows = new BrokenWindows();
  const log: string[] = [];
  const logger = createLogger("warn", (line) => log.push(line));
  const clipboard = new Clipboard(windows.libraries, windows.window, logger);
  clipboard.start(() => {});
  clipboard.set({ text: "a", html: "b" });
  windows.hasMemory = false;
  clipboard.set({ text: "a" });
  assertEquals(windows.memory, 0);
  assertEquals(windows.calls, ["open", "close", "open", "close"]);
  assertEquals(log.length, 4);
});

Deno.test("windows clipboard: a program that hangs is waited for, and what can't be had is no content", () => {
  const windows = new BrokenWindows();
  const told: ClipboardContent[] = [];
  const logger = createLogger("error", () => {});
  const clipboard = new Clipboard(windows.libraries, windows.window, logger);
  clipboard.start((content) => told.push(content));
  windows.sequence++;
  windows.isOwnerHung = true;
  windows.changed();
  assertEquals([clipboard.look(), windows.calls], [false, []]);
  windows.isOwnerHung = false;
  assertEquals([clipboard.look(), told], [false, []]);
  // Nor is it read again before it changes.
  assertEquals([clipboard.look(), windows.calls], [false, ["open", "close"]]);
});
