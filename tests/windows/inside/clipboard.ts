import { assert, assertEquals } from "@std/assert";
import type { ClipboardContent } from "../../../src/desktop/desktop.ts";
import { Clipboard } from "../../../src/desktop/windows/clipboard/clipboard.ts";
import { loadLibraries } from "../../../src/desktop/windows/libraries.ts";
import { MessageWindow } from "../../../src/desktop/windows/message_window.ts";
import { createLogger } from "../../../src/log.ts";
import { dibOf } from "../../desktop/windows/clipboard/dibs.ts";
import { until } from "../../desktop/recorder.ts";
import { CF_DIB, CF_DIBV5, CF_UNICODETEXT, OtherProgram } from "./other_program.ts";

const libraries = loadLibraries();

/** The clipboard with all that it tells, and another program. */
class Rig implements Disposable {
  readonly log: string[] = [];
  readonly #logger = createLogger("debug", (line) => this.log.push(line));
  readonly window = new MessageWindow(libraries, this.#logger);
  readonly clipboard = new Clipboard(libraries, this.window, this.#logger);
  readonly other = new OtherProgram(libraries);
  readonly told: ClipboardContent[] = [];

  constructor() {
    this.start();
  }

  start(): void {
    this.window.start();
    this.clipboard.start((content) => this.told.push(content));
  }

  stop(): void {
    this.clipboard.stop();
    this.window.stop();
  }

  look(): void {
    this.window.look();
    this.clipboard.look();
  }

  /** As often as it takes at most until something new is told. */
  lookOften(): void {
    for (let i = 0; i < 20; i++) this.look();
  }

  /** What is told next. */
  async next(): Promise<ClipboardContent> {
    const before = this.told.length;
    await until("news of the clipboard", () => {
      this.look();
      return this.told.length > before;
    });
    return this.told[before]!;
  }

  /** Nothing is told of what the clipboard holds now: only of what is copied after that. */
  async assertUntold(): Promise<void> {
    this.lookOften();
    assertEquals(this.told, []);
    this.other.copyText(`a copy after that: ${crypto.randomUUID()}`);
    assertEquals(Object.keys(await this.next()), ["text"]);
    assertEquals(this.told.length, 1);
    assert(this.told[0]!.text!.startsWith("a copy after that"));
  }

  [Symbol.dispose](): void {
    this.stop();
    this.other[Symbol.dispose]();
  }
}

const TEXTS = ["é € 漢 🙂", "", "one\ntwo\n", "\ttabs and a lone \r", "x".repeat(1_000_000)];

Deno.test("clipboard: text that another program copies is told, with newlines alone", async () => {
  using rig = new Rig();
  for (const text of TEXTS) {
    rig.other.copyText(text);
    assertEquals((await rig.next()).text, text);
  }
  assertEquals(rig.told.length, TEXTS.length);
});

Deno.test("clipboard: another program gets a viewer's text, with Windows' newlines", () => {
  using rig = new Rig();
  for (const text of [...TEXTS, "a\r\nb"]) {
    rig.clipboard.set({ text });
    assertEquals(rig.other.pasteText(), text.replace(/\r\n|\n/g, "\r\n"));
  }
});

Deno.test("clipboard: what a viewer sets isn't told back, nor by a program that copies it again", async () => {
  using rig = new Rig();
  rig.clipboard.set({ text: "a viewer's\ntext", html: "<b>a viewer's</b>" });
  rig.lookOften();
  rig.other.copyText("a viewer's\ntext");
  await rig.assertUntold();
});

Deno.test("clipboard: HTML, RTF and an image go both ways", async () => {
  using rig = new Rig();
  const [html, rtf] = [rig.other.named("HTML Format"), rig.other.named("Rich Text Format")];
  const content = {
    rtf: new TextEncoder().encode("{\\rtf1 \\b bold}"),
    html: "<html><body><!--StartFragment--><b>é € 漢 🙂</b><!--EndFragment--></body></html>",
    dib: dibOf({ width: 3, height: 2, bits: 24 }),
    text: "bold",
  };
  rig.clipboard.set(content);
  const blocks = new Map(
    [rtf, html, CF_DIB, CF_UNICODETEXT].map((id) => [id, rig.other.paste(id)!]),
  );
  assertEquals(blocks.get(CF_DIB), content.dib);
  assert(new TextDecoder().decode(blocks.get(html)).endsWith(`${content.html}\0`));
  rig.clipboard.set({ text: "something else" });
  rig.stop();
  rig.start();
  rig.other.copy(blocks);
  assertEquals(await rig.next(), content);
});

Deno.test("clipboard: an image of version 5 is one for other programs, in the older form too", async () => {
  using rig = new Rig();
  const dib = dibOf({ width: 5, height: 3, bits: 32, size: 124 });
  rig.clipboard.set({ dib });
  assertEquals(rig.other.paste(CF_DIBV5), dib);
  const older = rig.other.paste(CF_DIB)!;
  assertEquals(older[0], 40);
  rig.stop();
  rig.start();
  rig.other.copy(new Map([[CF_DIBV5, dib]]));
  assertEquals((await rig.next()).dib!.subarray(4, 16), older.subarray(4, 16));
});

Deno.test("clipboard: what is too long, or broken, is left out; the log has its size alone", async () => {
  using rig = new Rig();
  rig.clipboard.set({ text: "before" });
  rig.clipboard.set({
    text: "secret".repeat(500_000),
    dib: dibOf({ width: 9, height: 2 }).subarray(0, 50),
  });
  assertEquals(rig.other.pasteText(), "before");
  rig.other.copyText("secret".repeat(500_000));
  await rig.assertUntold();
  const log = rig.log.join("\n");
  assert(log.includes("text of 6000002 bytes is left out"), log);
  assert(log.includes("dib of 50 bytes is left out"), log);
  assert(!log.includes("secret"), log);
});

Deno.test("clipboard: what other programs hide from watchers isn't told", async () => {
  const text = new TextEncoder().encode("s\0e\0c\0r\0e\0t\0\0\0");
  const marks: [string, number, boolean][] = [
    ["ExcludeClipboardContentFromMonitorProcessing", 1, false],
    ["Clipboard Viewer Ignore", 0, false],
    ["CanIncludeInClipboardHistory", 0, false],
    ["CanUploadToCloudClipboard", 0, false],
    ["CanIncludeInClipboardHistory", 1, true],
  ];
  for (const [name, value, isTold] of marks) {
    using rig = new Rig();
    const mark = new Uint8Array(Uint32Array.of(value).buffer);
    rig.other.copy(new Map([[CF_UNICODETEXT, text], [rig.other.named(name), mark]]));
    if (isTold) assertEquals(await rig.next(), { text: "secret" });
    else await rig.assertUntold();
  }
});

Deno.test("clipboard: while another program has it open, both ways wait", async () => {
  using rig = new Rig();
  rig.other.copyText("theirs");
  assert(rig.other.open());
  rig.lookOften();
  assertEquals(rig.told, []);
  rig.other.close();
  assertEquals(await rig.next(), { text: "theirs" });
  assert(rig.other.open());
  rig.clipboard.set({ text: "ours" });
  rig.lookOften();
  rig.other.close();
  rig.look();
  assertEquals(rig.other.pasteText(), "ours");
});

Deno.test("clipboard: what is set while nobody watches waits, and what was there stays", () => {
  using rig = new Rig();
  rig.clipboard.set({ text: "first" });
  rig.stop();
  rig.clipboard.set({ text: "second" });
  assertEquals(rig.other.pasteText(), "first");
  rig.start();
  assertEquals(rig.other.pasteText(), "second");
});

Deno.test("clipboard: what was copied while nobody watched isn't told", async () => {
  using rig = new Rig();
  rig.stop();
  rig.other.copyText("unwatched");
  rig.start();
  await rig.assertUntold();
});
