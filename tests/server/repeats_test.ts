import { assertEquals } from "@std/assert";
import { Repeats } from "../../src/server/repeats.ts";

/** What is said, with a clock that ticks when the test wants it. */
function create() {
  const { setInterval, clearInterval } = globalThis;
  const said: string[] = [];
  const ticks = new Map<number, () => void>();
  let started = 0;
  Object.assign(globalThis, {
    setInterval(task: () => void): number {
      ticks.set(++started, task);
      return started;
    },
    clearInterval: (id: number) => void ticks.delete(id),
  });
  return {
    repeats: new Repeats({ warn: (line) => said.push(line) }),
    takeSaid: () => said.splice(0),
    tick: () => ticks.forEach((task) => task()),
    running: () => ticks.size,
    [Symbol.dispose]() {
      Object.assign(globalThis, { setInterval, clearInterval });
    },
  };
}

Deno.test("what happens again and again is said once, and then how often", () => {
  using rig = create();
  const { repeats, takeSaid, tick } = rig;
  for (let i = 0; i < 100; i++) repeats.warn("192.0.2.7", "closed");
  repeats.warn("192.0.2.8", "closed");
  assertEquals(takeSaid(), ["192.0.2.7: closed", "192.0.2.8: closed"]);
  tick();
  assertEquals(takeSaid(), ["192.0.2.7: closed (99 more)"]);
  repeats.warn("192.0.2.7", "closed");
  tick();
  assertEquals(takeSaid(), ["192.0.2.7: closed (1 more)"]);
  tick();
  assertEquals([takeSaid(), rig.running()], [[], 0]);
  repeats.warn("192.0.2.7", "closed");
  assertEquals(takeSaid(), ["192.0.2.7: closed"]);
  repeats.warn("192.0.2.7", "closed");
  repeats.close();
  assertEquals([takeSaid(), rig.running()], [["192.0.2.7: closed (1 more)"], 0]);
});

Deno.test("where it happens in very many places, the last are put together", () => {
  using rig = create();
  for (let i = 0; i < 10_000; i++) rig.repeats.warn(`${i}`, "closed");
  const said = rig.takeSaid();
  assertEquals([said.length, said.at(-1)], [101, "elsewhere: closed"]);
  rig.tick();
  assertEquals(rig.takeSaid(), ["elsewhere: closed (9899 more)"]);
});
