import { assertEquals } from "@std/assert";
import { stateDirectory } from "../../../src/security/keys/state_directory.ts";

Deno.test("state is kept where the XDG specification says", () => {
  assertEquals(stateDirectory({ HOME: "/home/me" }, "linux"), "/home/me/.local/state/vncd");
  const both = { HOME: "/home/me", XDG_STATE_HOME: "/state" };
  assertEquals(stateDirectory(both, "linux"), "/state/vncd");
});

Deno.test("a relative directory is none", () => {
  const relative = { HOME: "/home/me", XDG_STATE_HOME: "state" };
  assertEquals(stateDirectory(relative, "linux"), "/home/me/.local/state/vncd");
  assertEquals(stateDirectory({ HOME: "me", XDG_STATE_HOME: "" }, "linux"), undefined);
  assertEquals(stateDirectory({}, "linux"), undefined);
});

Deno.test("on Windows it is kept in the user's local data", () => {
  const environment = { LOCALAPPDATA: "C:\\Users\\me\\AppData\\Local", HOME: "/home/me" };
  assertEquals(stateDirectory(environment, "windows"), "C:\\Users\\me\\AppData\\Local\\vncd");
  assertEquals(stateDirectory({ HOME: "/home/me" }, "windows"), undefined);
});
