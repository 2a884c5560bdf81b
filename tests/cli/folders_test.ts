import { assertEquals } from "@std/assert";
import { configFile, stateDirectory } from "../../src/cli/folders.ts";
import type { Environment } from "../../src/cli/parse.ts";

const both = (environment: Environment, os: "linux" | "windows" = "linux") => [
  configFile(environment, "passwd", os),
  stateDirectory(environment, os),
];

Deno.test("files and keys are kept where the XDG specification says", () => {
  const usual = ["/home/me/.config/vncd/passwd", "/home/me/.local/state/vncd"];
  assertEquals(both({ HOME: "/home/me" }), usual);
  const XDG = { XDG_CONFIG_HOME: "/config", XDG_STATE_HOME: "/state" };
  assertEquals(both({ HOME: "/home/me", ...XDG }), ["/config/vncd/passwd", "/state/vncd"]);
  assertEquals(both(XDG), ["/config/vncd/passwd", "/state/vncd"]);
  assertEquals(both({ HOME: "/home/me", XDG_CONFIG_HOME: "c", XDG_STATE_HOME: "" }), usual);
});

Deno.test("a home that is relative or /dev/null is none", () => {
  for (const environment of [{}, { HOME: "" }, { HOME: "me" }, { HOME: "/dev/null" }]) {
    assertEquals(both(environment), [undefined, undefined]);
  }
});

Deno.test("on Windows they are kept in the user's data", () => {
  const folder = "C:\\Users\\me\\AppData";
  const environment = { APPDATA: `${folder}\\Roaming`, LOCALAPPDATA: `${folder}\\Local` };
  const expected = [`${folder}\\Roaming\\vncd/passwd`, `${folder}\\Local\\vncd`];
  // The separator is that of the system that the test runs on.
  const got = both(environment, "windows");
  assertEquals([got[0]?.replace(/[\\/]passwd$/, "/passwd"), got[1]], expected);
  assertEquals(both({ HOME: "/home/me" }, "windows"), [undefined, undefined]);
});
