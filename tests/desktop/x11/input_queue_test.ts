import { assertEquals, assertThrows } from "@std/assert";
import { InputQueue } from "../../../src/desktop/x11/input_queue.ts";
import { until } from "../recorder.ts";

/** A queue, and what its steps have done. */
function startQueue() {
  const done: string[] = [];
  const queue = new InputQueue(() => done.push("overflow"));
  const step = (name: string) => (): number => {
    done.push(name);
    return 0;
  };
  return { queue, done, step };
}

Deno.test("x11 input queue keeps the order behind a step that waits", async () => {
  const { queue, done, step } = startQueue();
  let calls = 0;
  queue.push(step("a"));
  queue.push(() => {
    calls++;
    return calls < 3 ? 1 : step("b")();
  });
  queue.push(step("c"));
  assertEquals(done, ["a"]);
  await until("the rest", () => done.length === 3);
  assertEquals(done, ["a", "b", "c"]);
  assertEquals(calls, 3);
});

Deno.test("x11 input queue goes on after a step that throws", () => {
  const { queue, done, step } = startQueue();
  const broken = () => {
    throw new Error("broken");
  };
  assertThrows(() => queue.push(broken), Error, "broken");
  queue.push(step("a"));
  assertEquals(done, ["a"]);
});

Deno.test("x11 input queue drops all that waits when that is too much", () => {
  const { queue, done, step } = startQueue();
  queue.push(() => 1000);
  for (let i = 0; i < 4096; i++) queue.push(step("late"));
  queue.push(step("a"));
  assertEquals(done, ["overflow", "a"]);
});
