import { assertEquals } from "@std/assert";
import { nearest } from "../../src/cli/nearest.ts";

Deno.test("the nearest word is the one with the fewest slips", () => {
  const words = ["port", "sport", "display", "desktop", "max-viewers"];
  assertEquals(nearest("prot", words), "port");
  assertEquals(nearest("PORT", words), "port");
  assertEquals(nearest("dislay", words), "display");
  assertEquals(nearest("dekstop", words), "desktop");
});

Deno.test("a word's beginning means the word, and something else means nothing", () => {
  const words = ["display", "max-viewers"];
  assertEquals(nearest("max", words), "max-viewers");
  assertEquals(nearest("d", words), undefined);
  assertEquals(nearest("xyzzy", words), undefined);
  assertEquals(nearest("", words), undefined);
});
