import { assertEquals } from "@std/assert";
import { RecentClipboard } from "../../src/desktop/recent_clipboard.ts";

Deno.test("a text is an echo within a moment, and news later or after another one", () => {
  let now = 5000;
  const recent = new RecentClipboard(() => now);
  assertEquals(recent.isEcho({ text: "a" }), false);
  assertEquals(recent.isEcho({ text: "a" }), true);
  now += 999;
  assertEquals(recent.isEcho({ text: "a" }), true);
  assertEquals(recent.isEcho({ text: "b" }), false);
  assertEquals(recent.isEcho({ text: "a" }), false);
  now += 1000;
  assertEquals(recent.isEcho({ text: "a" }), false);
  recent.forget();
  assertEquals(recent.isEcho({ text: "a" }), false);
});

Deno.test("an echo may be in fewer formats, not in more or others", () => {
  const recent = new RecentClipboard(() => 0);
  const [rtf, dib] = [Uint8Array.of(1, 2), Uint8Array.of(3)];
  const whole = { text: "a", html: "<b>a</b>", rtf, dib };
  const echoes = [whole, { text: "a" }, { html: "<b>a</b>", dib: Uint8Array.of(3) }, { rtf }];
  for (const echo of echoes) {
    recent.remember(whole);
    assertEquals(recent.isEcho(echo), true);
  }
  const news = [{ text: "" }, { text: "a", html: "<b>b</b>" }, { rtf: dib }, { dib: rtf }, {
    rtf: Uint8Array.of(1, 3),
  }];
  for (const content of news) {
    recent.remember(whole);
    assertEquals(recent.isEcho(content), false);
  }
  recent.remember({ text: "a" });
  assertEquals(recent.isEcho(whole), false);
});
