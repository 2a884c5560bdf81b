import { assert, assertEquals } from "@std/assert";
import { Failures } from "../../../src/security/attempts/failures.ts";

function create(capacity: number): { failures: Failures; clock: { now: number } } {
  const clock = { now: 0 };
  return { failures: new Failures({ free: 2, limit: 6 }, () => clock.now, capacity), clock };
}

function fail(failures: Failures, key: string, times: number): void {
  for (let i = 0; i < times; i++) failures.add(key, 0);
}

Deno.test("no more keys are remembered than there is room for", () => {
  const { failures } = create(50);
  for (let i = 0; i < 10_000; i++) failures.add(`key ${i}`, 0);
  assertEquals(failures.size, 50);
});

Deno.test("the keys with the fewest failures are forgotten first, the oldest of them", () => {
  const { failures } = create(3);
  fail(failures, "often", 6);
  fail(failures, "older", 3);
  fail(failures, "newer", 3);
  fail(failures, "new", 1);
  assertEquals(["often", "older", "newer", "new"].map((key) => failures.pause(key)), [
    8000,
    0,
    2000,
    0,
  ]);
  assert(failures.lockedFor("often") > 0);
});

Deno.test("what is forgiven makes room before anything else", () => {
  const { failures, clock } = create(2);
  fail(failures, "long ago", 5);
  clock.now += 24 * 3_600_000;
  fail(failures, "once", 3);
  fail(failures, "new", 1);
  assertEquals(failures.pause("once"), 2000);
  assertEquals(failures.size, 2);
});

Deno.test("a failure that was none leaves no trace", () => {
  const { failures } = create(10);
  fail(failures, "key", 5);
  const lock = failures.add("key", 0);
  assert(failures.lockedFor("key") > 0);
  failures.remove("key", lock);
  assertEquals([failures.lockedFor("key"), failures.pause("key")], [0, 8000]);
  failures.remove("other", failures.add("other", 0));
  assertEquals(failures.size, 1);
});

Deno.test("the lock of another failure outlasts one that was none", () => {
  const { failures, clock } = create(10);
  fail(failures, "key", 6);
  clock.now += 10_000;
  const own = failures.add("key", 0);
  // Its check takes longer than its lock.
  clock.now += 20_000;
  failures.add("key", 0);
  failures.remove("key", own);
  assertEquals(failures.lockedFor("key"), 40_000);
});

Deno.test("a lock goes that would not have come without the failure that was none", () => {
  const { failures } = create(10);
  fail(failures, "key", 4);
  const own = failures.add("key", 0);
  failures.add("key", 0);
  assert(failures.lockedFor("key") > 0);
  failures.remove("key", own);
  assertEquals(failures.lockedFor("key"), 0);
});

Deno.test("one that was none locks out nobody, however many failures there were before", () => {
  // Between whole numbers, too, as failures are forgiven bit by bit.
  for (const quiet of [0, 1, 10 * 60_000]) {
    const { failures, clock } = create(10);
    fail(failures, "key", 9);
    clock.now += 80_000 + quiet;
    assertEquals(failures.lockedFor("key"), 0);
    failures.remove("key", failures.add("key", 0));
    assertEquals(failures.lockedFor("key"), 0);
  }
});

Deno.test("a lock begins when the answer is given", () => {
  const { failures } = create(10);
  fail(failures, "key", 5);
  failures.add("key", 8000);
  assertEquals(failures.lockedFor("key"), 18_000);
});
