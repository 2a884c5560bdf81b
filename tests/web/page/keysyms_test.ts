import { assertEquals } from "@std/assert";
import { keysymToText } from "../../../src/desktop/keysym.ts";
import { keysymOf } from "../../../src/web/page/keysyms.ts";

Deno.test("the keysym of a character types that character", () => {
  for (const character of "aZ ~\u00a0éÿŁ€漢😀") {
    assertEquals(keysymToText(keysymOf(character)), character, character);
  }
});

Deno.test("a new line and a tab are keys", () => {
  assertEquals([keysymOf("\n"), keysymOf("\t")], [0xff0d, 0xff09]);
});
