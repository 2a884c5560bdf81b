import { assertEquals } from "@std/assert";
import { editOf } from "../../../src/web/page/typed_text.ts";

Deno.test("a letter more, a letter less", () => {
  assertEquals(editOf("··a", "··ab"), { backspaces: 0, text: "b" });
  assertEquals(editOf("··ab", "··a"), { backspaces: 1, text: "" });
  assertEquals(editOf("··", "·"), { backspaces: 1, text: "" });
  assertEquals(editOf("··", "··"), { backspaces: 0, text: "" });
});

Deno.test("what a keyboard corrects or converts is replaced from where it differs", () => {
  assertEquals(editOf("··teh", "··the "), { backspaces: 2, text: "he " });
  assertEquals(editOf("··nihon", "··日本"), { backspaces: 5, text: "日本" });
});

Deno.test("a character of two UTF-16 units is one", () => {
  assertEquals(editOf("a😀", "a😁"), { backspaces: 1, text: "😁" });
  assertEquals(editOf("a😀", "a"), { backspaces: 1, text: "" });
});
