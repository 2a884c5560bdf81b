import { assertEquals } from "@std/assert";
import { median, quantile, sum } from "./statistics.ts";

Deno.test("a quantile lies between the values beside it", () => {
  assertEquals(quantile([30, 10, 20], 0.5), 20);
  assertEquals(quantile([10, 20], 0.5), 15);
  assertEquals(quantile([0, 10, 20, 30, 40], 0.95), 38);
  assertEquals(quantile([7], 0.95), 7);
});

Deno.test("of nothing there is no median, and the sum is 0", () => {
  assertEquals(median([]), undefined);
  assertEquals(sum([]), 0);
});
