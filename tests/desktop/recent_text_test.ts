import { assertEquals } from "@std/assert";
import { RecentText } from "../../src/desktop/recent_text.ts";

Deno.test("a text is an echo within a moment, and news later or after another one", () => {
  let now = 5000;
  const recent = new RecentText(() => now);
  assertEquals(recent.isEcho("a"), false);
  assertEquals(recent.isEcho("a"), true);
  now += 999;
  assertEquals(recent.isEcho("a"), true);
  assertEquals(recent.isEcho("b"), false);
  assertEquals(recent.isEcho("a"), false);
  now += 1000;
  assertEquals(recent.isEcho("a"), false);
  recent.forget();
  assertEquals(recent.isEcho("a"), false);
});
