import { assertEquals } from "@std/assert";
import { harmless } from "../../src/desktop/question.ts";

const TEXTS: readonly (readonly [text: string, shown: string])[] = [
  ["alice", "alice"],
  ["José 漢", "José 漢"],
  ["a\nWants: nothing", "a Wants: nothing"],
  ["bob\u202egro.live", "bob gro.live"],
  ["a\0\x1b[31m\u2028\ud800b", "a [31m b"],
  ["x".repeat(40), "x".repeat(40)],
  ["x".repeat(41), `${"x".repeat(40)}…`],
  ["x".repeat(1e6), `${"x".repeat(40)}…`],
];

for (const [text, shown] of TEXTS) {
  Deno.test(`${JSON.stringify(text.slice(0, 50))} is shown without harm`, () => {
    assertEquals(harmless(text), shown);
  });
}
