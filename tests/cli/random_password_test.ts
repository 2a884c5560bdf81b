import { assertEquals, assertMatch } from "@std/assert";
import { randomPassword } from "../../src/cli/random_password.ts";

Deno.test("a random password has 8 characters of 32 that can't be confused", () => {
  const seen = new Set<string>();
  const characters = new Set<string>();
  for (let i = 0; i < 500; i++) {
    const password = randomPassword(8);
    assertMatch(password, /^[a-km-np-z2-9]{8}$/);
    seen.add(password);
    for (const character of password) characters.add(character);
  }
  assertEquals(seen.size, 500);
  assertEquals(characters.size, 32);
});
