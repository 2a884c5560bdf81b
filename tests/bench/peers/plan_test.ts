import { assertEquals } from "@std/assert";
import { parseOptions } from "./options.ts";
import { duration, estimate, turns } from "./plan.ts";

Deno.test("everything takes less than an hour, and --quick a few minutes", () => {
  assertEquals(estimate(parseOptions([]).plan, 3) < 3600_000, true);
  assertEquals(estimate(parseOptions(["--quick"]).plan, 3) < 240_000, true);
});

Deno.test("each server has its turn in each cell and round, and two more when idle", () => {
  const { plan } = parseOptions(["--workloads", "typing", "--rounds", "2", "--idle"]);
  assertEquals(turns(plan, 3), 3 * (2 * 5 + 2));
});

Deno.test("times are told in seconds or minutes", () => {
  assertEquals([40_000, 99_000, 200_000].map(duration), ["40 s", "99 s", "3 min"]);
});
