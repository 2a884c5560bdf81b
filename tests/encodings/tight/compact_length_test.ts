import { assertEquals } from "@std/assert";
import { compactLength } from "../../../src/encodings/tight/compact_length.ts";

Deno.test("a length in one, two or three bytes", () => {
  const lengths = {
    0: "00",
    127: "7f",
    128: "8001",
    10000: "904e",
    16383: "ff7f",
    16384: "808001",
    4194303: "ffffff",
  };
  for (const [length, hex] of Object.entries(lengths)) {
    assertEquals(compactLength(Number(length)).toHex(), hex, length);
  }
});
