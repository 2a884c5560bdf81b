import { assertEquals, assertThrows } from "@std/assert";
import { CommandError } from "../../../src/cli/failure.ts";
import { parseCommandLine } from "../../../src/cli/parse.ts";
import { changeablePart, consumedFiles } from "../../../src/cli/service/install_place.ts";

const PROGRAM = "C:\\Program Files\\vncd\\vncd.exe";

function part(
  file: string,
  changed: string[],
  { moved = [], missing = [] }: { moved?: string[]; missing?: string[] } = {},
) {
  return changeablePart([file], {
    exists: (path) => !missing.includes(path),
    canChange: (path) => changed.includes(path),
    canReplace: (folder) => moved.includes(folder),
  });
}

Deno.test("a service is started from where ordinary users can change nothing", () => {
  assertEquals(part(PROGRAM, []), undefined);
  assertEquals(part(PROGRAM, [PROGRAM]), PROGRAM);
  const folder = "C:\\Program Files\\vncd";
  assertEquals(part(PROGRAM, [folder]), folder);
  // Everybody may make folders in C:\, but nobody may move Program Files.
  assertEquals(part(PROGRAM, ["C:\\"]), undefined);
  assertEquals(part(PROGRAM, [], { moved: ["C:\\Program Files"] }), "C:\\Program Files");
});

Deno.test("who can make what isn't there yet can change it", () => {
  const missing = ["C:\\logs\\vncd\\vncd.log", "C:\\logs\\vncd", "C:\\logs"];
  assertEquals(part(missing[0]!, ["C:\\"], { missing }), "C:\\");
  assertEquals(part(missing[0]!, ["C:\\"], { missing: missing.slice(0, 2) }), undefined);
  assertEquals(part(missing[0]!, ["C:\\logs"], { missing: missing.slice(0, 2) }), "C:\\logs");
});

Deno.test("what the service reads, writes and starts is looked at like its program", () => {
  const program = { executable: PROGRAM, script: undefined };
  const files = (...args: string[]) => consumedFiles(program, parseCommandLine(args, {}).options);
  assertEquals(files("--port=5901", "--name=D:\\x", "--accept=ask"), [PROGRAM]);
  assertEquals(
    files(
      ...["--users", "--password-file", "--cert", "--key", "--log-file"].map((option, i) =>
        `${option}=C:\\${i}`
      ),
    ).sort(),
    ["C:\\0", "C:\\1", "C:\\2", "C:\\3", "C:\\4", PROGRAM],
  );
  assertEquals(files("--accept=C:\\ask\\me.cmd"), [PROGRAM, "C:\\ask\\me.cmd"]);
  assertEquals(files('--accept="C:\\ask me\\a.cmd"'), [PROGRAM, "C:\\ask me\\a.cmd"]);
  const script = "D:\\vncd\\vncd.js";
  assertEquals(consumedFiles({ executable: PROGRAM, script }, parseCommandLine([], {}).options), [
    PROGRAM,
    script,
  ]);
});

Deno.test("a command that isn't one file can't be looked at", () => {
  const program = { executable: PROGRAM, script: undefined };
  for (const accept of ["me.cmd", "C:\\a.cmd & b", '"C:\\a" "b"', "C:\\a b\\c", "C:\\%A%", "C:a"]) {
    const { options } = parseCommandLine(["--accept", accept], {});
    assertThrows(() => consumedFiles(program, options), CommandError, "--accept");
  }
});

Deno.test("a program of many files is no service", () => {
  const program = { executable: PROGRAM, script: "C:\\vncd\\main.ts" };
  const { options } = parseCommandLine([], {});
  assertThrows(() => consumedFiles(program, options), CommandError, "vncd.exe");
});
