import { assertThrows } from "@std/assert";
import { CommandError } from "../../src/cli/failure.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { desktopOpener } from "../../src/cli/start_server.ts";

const log = { error() {}, warn() {}, info() {}, debug() {} };

Deno.test("another system's desktop is refused in one line, and none of its libraries looked for", () => {
  const other = Deno.build.os === "windows" ? "x11" : "windows";
  const { options } = parseCommandLine([`--desktop=${other}`], {});
  const error = assertThrows(() => desktopOpener(options, log), CommandError);
  if (error.message.includes("\n")) throw error;
});
