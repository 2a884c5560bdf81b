import { assertEquals } from "@std/assert";
import { decodeLatin1, encodeLatin1 } from "../../src/latin1.ts";

Deno.test("every Latin-1 character is its byte, both ways", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  assertEquals(encodeLatin1(decodeLatin1(bytes)), bytes);
});

Deno.test("a character that Latin-1 lacks is one question mark", () => {
  assertEquals(decodeLatin1(encodeLatin1("a漢🙂\ud800b\udc00")), "a???b?");
});

Deno.test("long texts are taken", () => {
  const bytes = new Uint8Array(1 << 20).fill(0xe9);
  assertEquals(encodeLatin1(decodeLatin1(bytes)), bytes);
});
