import { assertEquals } from "@std/assert";
import { changeablePart } from "../../../src/cli/service/install_place.ts";

const PROGRAM = { executable: "C:\\Program Files\\vncd\\vncd.exe", script: undefined };

function part(
  program: Parameters<typeof changeablePart>[0],
  changed: string[],
  moved: string[] = [],
) {
  return changeablePart(program, {
    canChange: (path) => changed.includes(path),
    canReplace: (folder) => moved.includes(folder),
  });
}

Deno.test("a service is started from where ordinary users can change nothing", () => {
  assertEquals(part(PROGRAM, []), undefined);
  assertEquals(part(PROGRAM, [PROGRAM.executable]), PROGRAM.executable);
  const folder = "C:\\Program Files\\vncd";
  assertEquals(part(PROGRAM, [folder]), folder);
  // Everybody may make folders in C:\, but nobody may move Program Files.
  assertEquals(part(PROGRAM, ["C:\\"]), undefined);
  assertEquals(part(PROGRAM, [], ["C:\\Program Files"]), "C:\\Program Files");
  const script = "D:\\vncd\\main.ts";
  assertEquals(part({ ...PROGRAM, script }, [script]), script);
});
