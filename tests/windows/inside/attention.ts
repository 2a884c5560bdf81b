import { assertEquals } from "@std/assert";
import { loadSas } from "../../../src/desktop/windows/input/attention.ts";

Deno.test("sas.dll is where Windows has its libraries, and has what Ctrl+Alt+Del needs", () => {
  // Wine's ends the program that calls it.
  assertEquals(typeof loadSas().SendSAS, "function");
});
