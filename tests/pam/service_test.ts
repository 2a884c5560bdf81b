import { assertEquals, assertMatch } from "@std/assert";
import { openUserAccounts } from "../../src/cli/users_source.ts";

Deno.test("the log says by which of PAM's rules system accounts are let in, and nothing without them", () => {
  const said: string[] = [];
  const log = { warn: () => {}, info: (line: string) => said.push(line) };
  openUserAccounts({ users: undefined, systemUsers: [] }, log);
  assertEquals(said, []);
  openUserAccounts({ users: undefined, systemUsers: ["bob"] }, log);
  assertEquals(said.length, 1);
  assertMatch(said[0]!, /^PAM decides by the rules in \/etc\/pam\.d\/(vncd|login)$/);
});
