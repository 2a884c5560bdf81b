import { assertEquals } from "@std/assert";
import { replaceSecretFile } from "../../src/security/secret_file.ts";
import { Place } from "./place.ts";

Deno.test("a new file is for its owner alone", () => {
  using place = new Place();
  replaceSecretFile(place.path("users"), "ann\n");
  assertEquals([place.read("users"), place.mode], ["ann\n", "700"]);
  assertEquals(place.modes(), { users: "600" });
});

Deno.test("a file that is replaced keeps its mode", () => {
  using place = new Place();
  place.write("users", "ann\n");
  Deno.chmodSync(place.path("users"), 0o640);
  replaceSecretFile(place.path("users"), "eve\n");
  assertEquals(place.read("users"), "eve\n");
  assertEquals(place.modes(), { users: "640" });
});

Deno.test({
  name: "a file that root replaces keeps its owner",
  ignore: Deno.uid() !== 0,
  fn() {
    using place = new Place();
    const file = place.path("users");
    place.write("users", "ann\n");
    Deno.chownSync(file, 12345, 23456);
    replaceSecretFile(file, "eve\n");
    const { uid, gid } = Deno.statSync(file);
    assertEquals([place.read("users"), uid, gid], ["eve\n", 12345, 23456]);
  },
});
