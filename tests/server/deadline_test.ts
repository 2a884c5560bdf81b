import { assertEquals } from "@std/assert";
import { Deadline } from "../../src/server/deadline.ts";
import { until } from "../support/until.ts";

Deno.test("a deadline doesn't run while it is paused, and is whole again then", async () => {
  let missed = 0;
  const deadline = new Deadline(20, () => missed++);
  await deadline.without(async () => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    assertEquals(missed, 0);
  });
  assertEquals(missed, 0);
  await until("it is missed", () => missed || undefined);
});

Deno.test("a deadline that was stopped is never missed", async () => {
  let missed = 0;
  const deadline = new Deadline(5, () => missed++);
  deadline.stop();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assertEquals(missed, 0);
});

Deno.test("a deadline that was stopped while it was paused is never missed", async () => {
  let missed = 0;
  const deadline = new Deadline(5, () => missed++);
  await deadline.without(() => Promise.resolve(deadline.stop()));
  await new Promise((resolve) => setTimeout(resolve, 30));
  assertEquals(missed, 0);
});
