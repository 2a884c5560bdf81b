import { assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { encodeHtmlFormat } from "../../src/html_format.ts";
import { dibOf } from "../desktop/windows/clipboard/dibs.ts";
import { u32 } from "../support/bytes.ts";
import { clipboard, clipboardProvide, clipboardProvideMore } from "../support/client_extensions.ts";
import { connectViewer } from "../support/tcp_viewer.ts";
import type { ServerEvent, TestViewer } from "../support/test_viewer.ts";
import { until } from "../support/until.ts";
import { bundle, runInside } from "../support/wine/inside.ts";
import { DENO_EXE, startWindows, type Windows } from "../support/wine/windows.ts";
import { bringVncd, freePort, greetingSoon, vncd } from "./vncd_exe.ts";

await runInside("tests/windows/inside/clipboard.ts");

const EXTENDED_CLIPBOARD = 0xc0a1e5ce | 0;
const [TEXT, RTF, HTML, DIB] = [1, 2, 4, 8] as const;
const [REQUEST, NOTIFY, PROVIDE] = [2 ** 25, 2 ** 27, 2 ** 28] as const;
const ALL = TEXT | RTF | HTML | DIB;

const CF_DIB = "8";
const CF_UNICODETEXT = "13";

const TEXT_OF_ALL = "one é € 漢 🙂\ntwo";
const HTML_OF_ALL = "<html><body><!--StartFragment--><b>é € 漢</b><!--EndFragment--></body></html>";
const RTF_OF_ALL = new TextEncoder().encode("{\\rtf1 \\b bold}");
const DIB_OF_ALL = dibOf({ width: 30, height: 20, bits: 32 });

const utf16 = (text: string) => Buffer.from(text.replaceAll("\n", "\r\n") + "\0", "utf16le");

const withNul = (bytes: Uint8Array) => Uint8Array.from([...bytes, 0]);

/** Runs another program on the desktop that copies, or pastes; see `inside/copy_paste.ts`. */
async function copyPaste(windows: Windows, ...args: readonly string[]): Promise<Uint8Array> {
  const deno = [DENO_EXE, "run", "-A", "--no-check", "--no-config", "Z:\\tmp\\copy_paste.js"];
  return new Uint8Array(Buffer.from(await windows.run([...deno, ...args]), "base64"));
}

const copy = (windows: Windows, blocks: Record<string, Uint8Array>) =>
  copyPaste(
    windows,
    "copy",
    ...Object.entries(blocks).map(([id, bytes]) =>
      `${id}=${Buffer.from(bytes).toString("base64")}`
    ),
  );

async function nextOf<Type extends ServerEvent["type"]>(viewer: TestViewer, type: Type) {
  for (;;) {
    const event = await viewer.event();
    if (event.type === type) return event as Extract<ServerEvent, { type: Type }>;
  }
}

/** Waits until another program that pastes a format gets some bytes. */
async function assertPastes(windows: Windows, format: string, expected: Uint8Array): Promise<void> {
  let found = new Uint8Array(0);
  await until(`${format} on the clipboard`, async () => {
    found = new Uint8Array(await copyPaste(windows, "paste", format));
    return Buffer.compare(found, expected) === 0 || undefined;
  }).catch(() => assertEquals(found, expected));
}

/** A viewer of vncd on a desktop, which takes text unasked and asks for all else. */
async function connect(windows: Windows): Promise<TestViewer> {
  await bringVncd(windows);
  await bundle("tests/windows/inside/copy_paste.ts", join(windows.folder, "copy_paste.js"));
  const port = freePort();
  windows.spawn(vncd(`--port=${port}`, "--listen=127.0.0.1", "--security=none"));
  await greetingSoon(port);
  const viewer = await connectViewer(port);
  await viewer.login();
  await viewer.setEncodings(0, EXTENDED_CLIPBOARD);
  const caps = await nextOf(viewer, "clipboardCaps");
  assertEquals(caps.flags & 0xffff, ALL);
  const sizes = [1 << 20, 0, 0, 0].flatMap((size) => u32(size));
  await viewer.send(clipboard("caps", REQUEST + NOTIFY + PROVIDE + ALL, sizes));
  return viewer;
}

Deno.test("a viewer and Windows' programs have one clipboard", async () => {
  await using windows = await startWindows();
  const viewer = await connect(windows);

  await viewer.send(clipboardProvide(TEXT_OF_ALL));
  await assertPastes(windows, CF_UNICODETEXT, utf16(TEXT_OF_ALL));
  await copy(windows, { [CF_UNICODETEXT]: utf16(TEXT_OF_ALL.toUpperCase()) });
  assertEquals((await nextOf(viewer, "clipboardProvide")).text, TEXT_OF_ALL.toUpperCase());

  const text = new TextEncoder().encode(TEXT_OF_ALL.replaceAll("\n", "\r\n") + "\0");
  const html = encodeHtmlFormat(HTML_OF_ALL);
  await viewer.send(clipboardProvideMore(ALL, [text, RTF_OF_ALL, html, DIB_OF_ALL]));
  await assertPastes(windows, CF_DIB, DIB_OF_ALL);
  await assertPastes(windows, "HTML Format", withNul(html));
  await assertPastes(windows, "Rich Text Format", withNul(RTF_OF_ALL));
  await assertPastes(windows, CF_UNICODETEXT, utf16(TEXT_OF_ALL));

  const other = encodeHtmlFormat(HTML_OF_ALL.replaceAll("b>", "i>"));
  await copy(windows, { "HTML Format": withNul(other), [CF_DIB]: DIB_OF_ALL });
  assertEquals((await nextOf(viewer, "clipboardNotify")).formats, HTML | DIB);
  await viewer.send(clipboard("request", HTML | DIB));
  const { formats, data } = await nextOf(viewer, "clipboardProvideMore");
  assertEquals([formats, ...data], [HTML | DIB, other, DIB_OF_ALL]);
  viewer.close();
});
