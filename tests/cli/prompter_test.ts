import { assertEquals } from "@std/assert";
import { linePrompter } from "../../src/cli/prompter.ts";

function prompterOf(text: string) {
  const bytes = new TextEncoder().encode(text).values();
  return linePrompter(() => bytes.next().value);
}

Deno.test("answers come line by line, and then no more", () => {
  const prompter = prompterOf("pässword\r\n\nlast");
  assertEquals(prompter.secret("?"), "pässword");
  assertEquals(prompter.secret("?"), "");
  assertEquals(prompter.secret("?"), "last");
  assertEquals(prompter.secret("?"), undefined);
});

Deno.test("only a yes is a yes", () => {
  const prompter = prompterOf("y\nYES\nn\nyellow\n\n");
  const answers = Array.from({ length: 6 }, () => prompter.yesOrNo("?"));
  assertEquals(answers, [true, true, false, false, false, false]);
});
