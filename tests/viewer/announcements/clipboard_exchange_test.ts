import { assert, assertEquals } from "@std/assert";
import {
  CLIPBOARD,
  clipboardNotify,
  clipboardProvide,
  clipboardRequest,
  providedLength,
} from "../../../src/rfb/extended_clipboard.ts";
import { serverCutText } from "../../../src/rfb/server_messages.ts";
import type { ClipboardContent } from "../../../src/desktop/desktop.ts";
import { ClipboardExchange } from "../../../src/viewer/announcements/clipboard_exchange.ts";
import { ALL_RIGHTS, VIEW_ONLY } from "../../../src/security/rights.ts";

const { text: TEXT, request, notify, provide } = CLIPBOARD;

/** All that waits to be sent. */
function sent(exchange: ClipboardExchange): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (;;) {
    const message = exchange.nextMessage();
    if (message === undefined) return messages;
    messages.push(message);
  }
}

/** An exchange with a viewer that has listed the Extended Clipboard and been told the caps. */
function extended(): ClipboardExchange {
  const exchange = new ClipboardExchange(["text"], ALL_RIGHTS, () => {});
  exchange.setExtended(true);
  sent(exchange);
  return exchange;
}

Deno.test("caps answer each SetEncodings that lists the Extended Clipboard, and no other", () => {
  const exchange = new ClipboardExchange(["text"], ALL_RIGHTS, () => {});
  assertEquals(sent(exchange), []);
  exchange.setExtended(false);
  assertEquals(sent(exchange), []);
  for (let i = 0; i < 2; i++) {
    exchange.setExtended(true);
    const [caps, ...others] = sent(exchange);
    assertEquals(caps!.toHex(), "03000000" + "fffffff8" + "1f000001" + "00000000");
    assertEquals(others, []);
  }
});

Deno.test("a viewer without the extension gets Latin-1", () => {
  const exchange = new ClipboardExchange(["text"], ALL_RIGHTS, () => {});
  exchange.offer({ text: "é€" });
  assertEquals(sent(exchange), [serverCutText("é?")]);
});

Deno.test("what a viewer got less of before it listed the extension comes again, whole", () => {
  const cases: readonly (readonly [ClipboardContent, Uint8Array[], Uint8Array[]])[] = [
    [{ text: "é€" }, [serverCutText("é?")], [clipboardProvide({ text: "é€" }, TEXT)]],
    [{ text: "é" }, [serverCutText("é")], []],
    [{ html: "<b>b</b>" }, [], [clipboardNotify(CLIPBOARD.html)]],
  ];
  for (const [content, before, after] of cases) {
    const exchange = new ClipboardExchange(["text", "html"], ALL_RIGHTS, () => {});
    exchange.offer(content);
    assertEquals(sent(exchange), before);
    exchange.receive({
      action: "caps",
      caps: { flags: TEXT | CLIPBOARD.html | notify | provide, sizes: { text: 100 } },
    });
    for (const again of [after, []]) {
      exchange.setExtended(true);
      assertEquals(sent(exchange).slice(1), again);
    }
  }
});

Deno.test("of several texts the newest alone is sent", () => {
  const exchange = extended();
  exchange.offer({ text: "one" });
  exchange.offer({ text: "two" });
  assertEquals(sent(exchange), [clipboardProvide({ text: "two" }, TEXT)]);
  assertEquals(sent(exchange), []);
});

Deno.test("what a viewer says of its caps decides how a text comes", () => {
  const offered = "é€漢";
  const size = providedLength({ text: offered }, "text");
  const cases: readonly (readonly [flags: number, textSize: number, message: Uint8Array])[] = [
    [TEXT | notify | provide, size, clipboardProvide({ text: offered }, TEXT)],
    [TEXT | notify | provide, size - 1, clipboardNotify(TEXT)],
    [TEXT | notify | request, size, clipboardNotify(TEXT)],
    [TEXT | provide, size - 1, serverCutText(offered)],
    [TEXT | request, size, serverCutText(offered)],
    [notify | provide, 0, serverCutText(offered)],
  ];
  for (const [flags, textSize, message] of cases) {
    const exchange = extended();
    exchange.receive({ action: "caps", caps: { flags, sizes: { text: textSize } } });
    exchange.offer({ text: offered });
    assertEquals(sent(exchange), [message]);
  }
});

Deno.test("a viewer that was notified asks for the text and gets it, the newest by then", () => {
  const exchange = extended();
  exchange.receive({
    action: "caps",
    caps: { flags: TEXT | notify | request, sizes: { text: 0 } },
  });
  exchange.receive({ action: "request", formats: TEXT });
  assertEquals(sent(exchange), [], "nothing has been copied yet");
  exchange.offer({ text: "one" });
  assertEquals(sent(exchange), [clipboardNotify(TEXT)]);
  exchange.offer({ text: "two" });
  assertEquals(sent(exchange), [clipboardNotify(TEXT)]);
  for (let i = 0; i < 5; i++) exchange.receive({ action: "request", formats: TEXT });
  assertEquals(sent(exchange), [clipboardProvide({ text: "two" }, TEXT)]);
  exchange.receive({ action: "request", formats: 2 });
  assertEquals(sent(exchange), [], "vncd has no RTF");
});

Deno.test("each format of a content is sent when it is asked for, alone or with others", () => {
  const formats = ["text", "html", "dib"] as const;
  const exchange = new ClipboardExchange(formats, ALL_RIGHTS, () => {});
  exchange.setExtended(true);
  const { html, dib, rtf } = CLIPBOARD;
  const flags = TEXT | html | dib | notify | provide | request;
  exchange.receive({ action: "caps", caps: { flags, sizes: {} } });
  sent(exchange);
  const content = { text: "b", html: "<b>b</b>", dib: Uint8Array.of(40, 0, 0, 0) };
  exchange.offer(content);
  assertEquals(sent(exchange), [clipboardNotify(TEXT | html | dib)]);
  for (const asked of [html, dib, html | dib, TEXT | html | dib]) {
    exchange.receive({ action: "request", formats: asked });
    assertEquals(sent(exchange), [clipboardProvide(content, asked)]);
  }
  // What isn't there by now isn't sent.
  exchange.receive({ action: "request", formats: rtf });
  assertEquals(sent(exchange), []);
  exchange.receive({ action: "request", formats: html | dib });
  exchange.offer({ dib: content.dib });
  assertEquals(sent(exchange), [clipboardNotify(dib), clipboardProvide(content, dib)]);
});

Deno.test("a viewer is asked for the formats that the desktop takes, and others are let be", () => {
  const exchange = new ClipboardExchange(["text", "html"], ALL_RIGHTS, () => {});
  exchange.setExtended(true);
  sent(exchange);
  const { html, dib } = CLIPBOARD;
  exchange.receive({ action: "notify", formats: html | dib });
  assertEquals(sent(exchange), [clipboardRequest(html)]);
  const compressed = new Uint8Array(0);
  const both = { action: "provide", formats: html | dib, compressed } as const;
  assertEquals(exchange.receive(both), both);
  assertEquals(exchange.receive({ action: "provide", formats: dib, compressed }), undefined);
});

Deno.test("peek is answered by what there is", () => {
  const exchange = extended();
  exchange.receive({ action: "peek" });
  assertEquals(sent(exchange), [clipboardNotify(0)]);
  exchange.offer({ text: "text" });
  sent(exchange);
  exchange.receive({ action: "peek" });
  assertEquals(sent(exchange), [clipboardNotify(TEXT)]);
});

Deno.test("a viewer's notify is answered by a request, if there is text", () => {
  const exchange = extended();
  exchange.receive({ action: "notify", formats: TEXT | 6 });
  assertEquals(sent(exchange), [clipboardRequest(TEXT)]);
  exchange.receive({ action: "notify", formats: 6 });
  exchange.receive({ action: "notify", formats: 0 });
  assertEquals(sent(exchange), []);
});

Deno.test("what a viewer provides is given back, if it has text", () => {
  const exchange = extended();
  const compressed = Uint8Array.of(1, 2, 3);
  assertEquals(
    exchange.receive({ action: "provide", formats: TEXT, compressed })?.compressed,
    compressed,
  );
  assertEquals(exchange.receive({ action: "provide", formats: 4, compressed }), undefined);
  assertEquals(sent(exchange), []);
});

Deno.test("a viewer that may only look has no clipboard, and is told so", () => {
  const exchange = new ClipboardExchange(["text"], VIEW_ONLY, () => {});
  exchange.setExtended(true);
  exchange.offer({ text: "secret" });
  exchange.receive({ action: "request", formats: TEXT });
  exchange.receive({ action: "peek" });
  exchange.receive({ action: "notify", formats: TEXT });
  const compressed = new Uint8Array(0);
  assertEquals(exchange.receive({ action: "provide", formats: TEXT, compressed }), undefined);
  assertEquals(sent(exchange).map((message) => message.toHex()), [
    "03000000" + "fffffffc" + "01000000",
  ]);
});

Deno.test("a viewer may have the right to set the clipboard only, or to get it only", () => {
  const compressed = new Uint8Array(0);
  const setter = new ClipboardExchange(
    ["text"],
    { clipboardIn: true, clipboardOut: false },
    () => {},
  );
  setter.setExtended(true);
  setter.offer({ text: "secret" });
  setter.receive({ action: "request", formats: TEXT });
  setter.receive({ action: "peek" });
  setter.receive({ action: "notify", formats: TEXT });
  assertEquals(
    setter.receive({ action: "provide", formats: TEXT, compressed })?.compressed,
    compressed,
  );
  assertEquals(sent(setter).map((message) => message.toHex()), [
    "03000000" + "fffffff8" + "19000001" + "00000000",
    "03000000" + "fffffffc" + "02000001",
  ]);

  const getter = new ClipboardExchange(
    ["text"],
    { clipboardIn: false, clipboardOut: true },
    () => {},
  );
  getter.setExtended(true);
  getter.receive({ action: "notify", formats: TEXT });
  getter.receive({ action: "peek" });
  assertEquals(getter.receive({ action: "provide", formats: TEXT, compressed }), undefined);
  assertEquals(sent(getter).map((message) => message.toHex()), [
    "03000000" + "fffffff8" + "07000001" + "00000000",
    "03000000" + "fffffffc" + "08000000",
  ]);
});

Deno.test("whatever leaves something to be sent says so", () => {
  let calls = 0;
  const exchange = new ClipboardExchange(["text"], ALL_RIGHTS, () => calls++);
  const steps = [
    () => exchange.setExtended(true),
    () => exchange.offer({ text: "text" }),
    () => exchange.receive({ action: "request", formats: TEXT }),
    () => exchange.receive({ action: "notify", formats: TEXT }),
    () => exchange.receive({ action: "peek" }),
  ];
  for (const step of steps) {
    calls = 0;
    step();
    assert(calls > 0, `${step}`);
    assert(sent(exchange).length > 0, `${step}`);
  }
});
