import { assertEquals } from "@std/assert";
import { Rates } from "../../src/server/rates.ts";

const ALLOWANCE = { burst: 3, perSecond: 2 };

function create() {
  const clock = { now: 0 };
  const rates = new Rates(() => clock.now);
  /** How many of ten attempts are allowed now. */
  const ofTen = (key: string) =>
    Array.from({ length: 10 }, () => rates.take(key, ALLOWANCE)).filter(Boolean).length;
  return { clock, rates, ofTen };
}

Deno.test("so many at once, and so many a second, for each key by itself", () => {
  const { clock, ofTen } = create();
  assertEquals([ofTen("a"), ofTen("a"), ofTen("b")], [3, 0, 3]);
  clock.now += 500;
  assertEquals(ofTen("a"), 1);
  clock.now += 250;
  assertEquals(ofTen("a"), 0);
  clock.now += 250;
  assertEquals(ofTen("a"), 1);
  clock.now += 1e9;
  assertEquals(ofTen("a"), 3);
});

Deno.test("of very many keys those in use are remembered", () => {
  const { rates, ofTen } = create();
  assertEquals(ofTen("a"), 3);
  for (let i = 0; i < 10_000; i++) {
    rates.take(`${i}`, ALLOWANCE);
    if (i % 100 === 0) assertEquals(ofTen("a"), 0);
  }
  assertEquals(rates.size, 4096);
});
