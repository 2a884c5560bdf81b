import { assertEquals } from "@std/assert";
import { parseRefusal } from "../../../src/web/page/refusal.ts";

Deno.test("a refusal's reason is a sentence", () => {
  assertEquals(parseRefusal("too many viewers"), { why: "Too many viewers.", wait: 0 });
  assertEquals(parseRefusal("Not here!"), { why: "Not here!", wait: 0 });
});

Deno.test("what a refusal says of the time is when to try again", () => {
  const why = "Too many failed attempts.";
  assertEquals(parseRefusal("too many failed attempts: try again in 27 s"), { why, wait: 27 });
  assertEquals(parseRefusal("too many failed attempts: try again in 3 min"), { why, wait: 180 });
});
