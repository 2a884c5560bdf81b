import { assertEquals } from "@std/assert";
import { parseCommandLine } from "../../../src/cli/parse.ts";
import { argumentsOf, commandLine, quoteArgument } from "../../../src/cli/service/command_line.ts";

Deno.test("arguments are quoted so that Windows' programs get them as they were", () => {
  for (
    const [argument, quoted] of [
      ["--port=5900", "--port=5900"],
      ["C:\\vncd\\passwd", "C:\\vncd\\passwd"],
      ["", '""'],
      ["a b", '"a b"'],
      ["a b\\", '"a b\\\\"'],
      ['a"b', '"a\\"b"'],
      ['a\\"b', '"a\\\\\\"b"'],
      ["%PATH%", '"%PATH%"'],
    ] as const
  ) {
    assertEquals(quoteArgument(argument), quoted);
  }
});

Deno.test("the program's own files are in quotation marks, compiled or not", () => {
  const executable = "C:\\Program Files\\vncd\\vncd.exe";
  assertEquals(
    commandLine({ executable, script: undefined }, ["service", "run"]),
    `"${executable}" service run`,
  );
  assertEquals(
    commandLine({ executable: "C:\\deno.exe", script: "C:\\a b\\main.ts" }, ["service", "run"]),
    '"C:\\deno.exe" run --quiet --no-prompt --allow-all "C:\\a b\\main.ts" service run',
  );
  assertEquals(
    commandLine({ executable: "C:\\deno.exe", script: "C:\\a b\\vncd.js" }, []),
    '"C:\\deno.exe" run --quiet --no-prompt --allow-all --no-config "C:\\a b\\vncd.js"',
  );
});

Deno.test("a service gets the options that were given, and files' whole names", () => {
  const again = (...args: string[]) =>
    argumentsOf(parseCommandLine(args, {}).options, (file) => `C:\\here\\${file}`);
  assertEquals(again("service", "install", "--force"), []);
  assertEquals(
    again("--port", "5901", "--view-only", "--users=u", "--security=ra2,vnc", "--name", "a b"),
    [
      "--port=5901",
      "--users=C:\\here\\u",
      "--security=ra2,vnc",
      "--view-only=true",
      "--name=a b",
    ],
  );
  // They mean the same when they are read again.
  const { options } = parseCommandLine(["--web-names=a.example,b.example", "--cert=c"], {});
  assertEquals(parseCommandLine(argumentsOf(options, (file) => file), {}).options, options);
});
