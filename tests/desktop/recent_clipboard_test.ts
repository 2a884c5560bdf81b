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
