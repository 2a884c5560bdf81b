import { assertEquals } from "@std/assert";
import { Backoff } from "../../../src/web/page/reconnection.ts";

const takes = (backoff: Backoff, count: number) =>
  Array.from({ length: count }, () => backoff.take());

Deno.test("each try waits longer, to some limit", () => {
  assertEquals(takes(new Backoff(), 7), [1, 2, 4, 8, 15, 15, 15]);
});

Deno.test("a connection that was good begins anew", () => {
  const backoff = new Backoff();
  takes(backoff, 5);
  backoff.lasted(60_000);
  assertEquals(takes(backoff, 2), [1, 2]);
});

Deno.test("a connection that breaks soon doesn't: two pages may be throwing each other out", () => {
  const backoff = new Backoff();
  takes(backoff, 3);
  backoff.lasted(500);
  assertEquals(backoff.take(), 8);
});

Deno.test("the user begins anew", () => {
  const backoff = new Backoff();
  takes(backoff, 5);
  backoff.reset();
  assertEquals(backoff.take(), 1);
});
