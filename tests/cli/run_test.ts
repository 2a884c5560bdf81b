import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { CommandError, explain } from "../../src/cli/failure.ts";
import { run } from "../../src/cli/run.ts";
import { UsageError } from "../../src/cli/usage_error.ts";
import { PlatformError } from "../../src/desktop/errors.ts";

async function output(...args: string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const exitCode = await run(args, {
    environment: {},
    print: (text) => printed.push(text),
    complain: (line) => complaints.push(line),
  });
  return { exitCode, printed: printed.join("\n"), complaints };
}

Deno.test("--help and --version answer on standard output", async () => {
  const help = await output("--help", "--port", "1");
  assertEquals([help.exitCode, help.complaints], [0, []]);
  assertStringIncludes(help.printed, "Usage:");
  const version = await output("--version");
  assertEquals([version.exitCode, version.complaints], [0, []]);
  assertMatch(version.printed, /^vncd \d+\.\d+\.\d+$/);
});

Deno.test("a wrong command line is one line on standard error and exit code 2", async () => {
  assertEquals(await output("--prot", "1"), {
    exitCode: 2,
    printed: "",
    complaints: ["vncd: unknown option --prot; did you mean --port?"],
  });
});

Deno.test("vncd passwd without a home says what to do", async () => {
  const { exitCode, complaints } = await output("passwd");
  assertEquals(exitCode, 1);
  assertEquals(complaints, [
    "vncd: the environment names no home directory; name the file: vncd passwd FILE",
  ]);
});

Deno.test("every kind of error has its exit code, and a stack only when nobody foresaw it", () => {
  assertEquals(explain(new UsageError("u"), true), { message: "u", exitCode: 2 });
  assertEquals(explain(new CommandError("c"), true), { message: "c", exitCode: 1 });
  assertEquals(explain(new PlatformError("p"), true), { message: "p", exitCode: 1 });
  const quiet = explain(new TypeError("bug\nmore"), false);
  assertEquals(quiet, { message: "unexpected error: bug", exitCode: 1 });
  assert(explain(new TypeError("bug"), true).message.includes("run_test.ts"));
  assertEquals(explain("text", true).message, "unexpected error: text");
});
