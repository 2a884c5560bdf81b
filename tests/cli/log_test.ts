import { assert, assertEquals, assertMatch } from "@std/assert";
import { createLogger, messageOf } from "../../src/log.ts";

/** What the log says of a message, without time and level. */
function logged(message: string): string {
  const lines: string[] = [];
  createLogger("info", (line) => lines.push(line)).info(message);
  assertEquals(lines.length, 1);
  assertMatch(lines[0]!, /^\d{4}-\d\d-\d\dT[\d:.]+Z info {2}/);
  return lines[0]!.replace(/^\S+ info {2}/, "");
}

Deno.test("a stack is one line that can be read", () => {
  const { stack } = new TypeError("bug");
  const line = logged(`closed by a fault of vncd: ${stack}`);
  assertMatch(line, /^closed by a fault of vncd: TypeError: bug \| at .*log_test\.ts:\d+:\d+/);
  assert(!/[?\n]/.test(line), line);
});

Deno.test("no text can forge a line or drive the terminal", () => {
  assertEquals(logged("a\n2026-01-01 info  b"), "a | 2026-01-01 info  b");
  assertEquals(logged("a\r\nb\n"), "a | b");
  assertEquals(logged("a\rb\x1b[2Jc\0d\x7fe\x9bf\x85g\u2028h\u2029i"), "a?b?[2Jc?d?e?f?g?h?i");
  assertEquals(logged("ann\u202eevil\u200b\u2066x"), "ann?evil??x");
  assertEquals(logged("größe 漢"), "größe 漢");
});

Deno.test("the log says as much as its level", () => {
  const lines: string[] = [];
  const log = createLogger("warn", (line) => lines.push(line.replace(/^\S+ /, "")));
  log.error("1");
  log.warn("2");
  log.info("3");
  log.debug("4");
  assertEquals(lines, ["error 1", "warn  2"]);
});

Deno.test("whatever was thrown has a message", () => {
  assertEquals(messageOf(new TypeError("bug")), "bug");
  assertEquals(messageOf("text"), "text");
  assertEquals(messageOf(undefined), "undefined");
});
