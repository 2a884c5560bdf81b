import { assertEquals } from "@std/assert";
import { parseCommandLine } from "../../../src/cli/parse.ts";
import { filesOf } from "../../../src/cli/service/command_line.ts";
import { changeablePart } from "../../../src/cli/service/install_place.ts";

const PROGRAM = "C:\\Program Files\\vncd\\vncd.exe";
const USERS = "D:\\settings\\users";

function part(
  files: string[],
  changed: string[],
  moved: string[] = [],
  missing: string[] = [],
) {
  return changeablePart(files, {
    exists: (path) => !missing.includes(path),
    canChange: (path) => changed.includes(path),
    canReplace: (folder) => moved.includes(folder),
  });
}

Deno.test("a service is started from where ordinary users can change nothing", () => {
  assertEquals(part([PROGRAM], []), undefined);
  assertEquals(part([PROGRAM], [PROGRAM]), PROGRAM);
  const folder = "C:\\Program Files\\vncd";
  assertEquals(part([PROGRAM], [folder]), folder);
  // Everybody may make folders in C:\, but nobody may move Program Files.
  assertEquals(part([PROGRAM], ["C:\\"]), undefined);
  assertEquals(part([PROGRAM], [], ["C:\\Program Files"]), "C:\\Program Files");
});

Deno.test("so are the files that it uses, and where it makes others", () => {
  assertEquals(part([PROGRAM, USERS], [USERS]), USERS);
  assertEquals(part([PROGRAM, USERS], ["D:\\settings"]), "D:\\settings");
  assertEquals(part([PROGRAM, USERS], [], ["D:\\"]), "D:\\");
  // Of one that isn't there Windows tells nothing.
  assertEquals(part([PROGRAM, USERS], [USERS], [], [USERS]), undefined);
  assertEquals(part([PROGRAM, USERS], ["D:\\settings"], [], [USERS]), "D:\\settings");
  // Nor of its folder, which whoever may make folders beside it can make.
  assertEquals(part([PROGRAM, USERS], ["D:\\"], [], [USERS, "D:\\settings"]), "D:\\");
  assertEquals(part([PROGRAM, USERS], ["D:\\settings"], [], [USERS, "D:\\settings"]), undefined);
});

Deno.test("the files of a service are its program and all that its options name", () => {
  const { options } = parseCommandLine(
    ["--users", "u", "--password-file", "p", "--cert", "c", "--key", "k", "--log-file", "l"],
    {},
  );
  const program = { executable: PROGRAM, script: "main.ts" };
  assertEquals(filesOf(program, options, (file) => `C:\\${file}`), [
    ...[PROGRAM, "main.ts", "C:\\p", "C:\\u", "C:\\c", "C:\\k", "C:\\l"],
  ]);
});
