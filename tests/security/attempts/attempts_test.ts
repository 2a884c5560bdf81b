import { assert, assertEquals, assertMatch } from "@std/assert";
import { turn } from "../../support/session.ts";
import { at, Rig } from "./rig.ts";

const LOCKED = /^too many failed attempts: try again in \d+ (s|min)$/;
const MINUTE = 60_000;

Deno.test("a typing error or two cost no time, further ones ever more, then it's locked", async () => {
  const rig = new Rig();
  const answers: string[] = [];
  for (let i = 0; i < 7; i++) answers.push(await rig.guess("192.0.2.7"));
  assertEquals(rig.time.slept, [1000, 2000, 4000, 8000]);
  assertEquals(answers, [
    ...new Array(6).fill("wrong"),
    "too many failed attempts: try again in 10 s",
  ]);
  // Not even the right password is looked at.
  assertMatch(await rig.enter("192.0.2.7"), LOCKED);
});

Deno.test("each failure behind a lock makes the next one longer, up to a quarter of an hour", async () => {
  const rig = new Rig();
  await rig.guessUntilLocked("192.0.2.7");
  const locks: string[] = [];
  for (let i = 0; i < 10; i++) {
    const [, lock, value, unit] = (await rig.guess("192.0.2.7")).match(/again in ((\d+) (.*))/)!;
    locks.push(lock!);
    rig.time.now += Number(value) * (unit === "s" ? 1000 : MINUTE);
    assertEquals(await rig.guess("192.0.2.7"), "wrong");
  }
  assertEquals(locks.slice(0, 5), ["10 s", "20 s", "40 s", "80 s", "3 min"]);
  assertEquals(locks.slice(-2), ["15 min", "15 min"]);
});

Deno.test("the right password ends the count of that account from there alone", async () => {
  const rig = new Rig();
  for (let i = 0; i < 5; i++) await rig.guess("192.0.2.7", "alice");
  for (let i = 0; i < 5; i++) await rig.guess("192.0.2.7", "bob");
  assertEquals(await rig.enter("192.0.2.7", "alice"), "in");
  rig.time.slept.length = 0;
  assertEquals(await rig.guess("192.0.2.7", "alice"), "wrong");
  assertEquals(rig.time.slept, [1000]);
  await rig.guess("192.0.2.7", "bob");
  assertMatch(await rig.guess("192.0.2.7", "bob"), LOCKED);
});

Deno.test("failures are forgiven after a quiet time", async () => {
  const rig = new Rig();
  await rig.guessUntilLocked("192.0.2.7");
  rig.time.now += 6 * 20 * MINUTE + 10_000;
  rig.time.slept.length = 0;
  assertEquals(await rig.guess("192.0.2.7"), "wrong");
  assertEquals(await rig.guess("192.0.2.7"), "wrong");
  assertEquals(rig.time.slept, []);
});

Deno.test("who is locked out locks out nobody else", async () => {
  const rig = new Rig();
  await rig.guessUntilLocked("192.0.2.7", "alice");
  assertEquals(await rig.enter("192.0.2.8", "alice"), "in");
  assertEquals(await rig.enter("192.0.2.7", "bob"), "in");
  assertEquals(rig.attempts.refusal(at("192.0.2.7")), undefined);
  assertMatch(rig.attempts.refusal(at("192.0.2.7"), "alice") ?? "", LOCKED);
});

Deno.test("an account can't be guessed under several spellings", async () => {
  const rig = new Rig();
  for (const name of ["bob", "BOB", "Bob", "bOb", "boB", "ｂob"]) {
    await rig.guess("192.0.2.7", name);
  }
  assertMatch(await rig.guess("192.0.2.7", "BoB"), LOCKED);
});

Deno.test("an address is locked out that tries ever other accounts", async () => {
  const rig = new Rig();
  let tried = 0;
  while (await rig.guess("192.0.2.7", `account ${tried}`) === "wrong") tried++;
  assertEquals(tried, 30);
  assertMatch(rig.attempts.refusal(at("192.0.2.7")) ?? "", LOCKED);
  assertEquals(await rig.enter("192.0.2.8", "alice"), "in");
});

Deno.test("an account of one's own doesn't make room for guesses at others", async () => {
  const rig = new Rig();
  let tried = 0;
  for (; tried < 1000; tried++) {
    if (await rig.guess("192.0.2.7", `account ${tried}`) !== "wrong") break;
    if (await rig.enter("192.0.2.7", "mallory") !== "in") break;
  }
  assert(tried <= 30, `${tried} guesses`);
});

Deno.test("an account of one's own that is slow to open lifts no lock for guesses at others", async () => {
  const rig = new Rig();
  for (let i = 0; i < 30; i++) await rig.guess("192.0.2.7", `account ${i}`);
  rig.time.now += 10_000;
  const own = Promise.withResolvers<string>();
  const entering = rig.attempts.try(at("192.0.2.7"), "mallory", () => own.promise);
  await turn();
  // The lock that its own attempt has brought about, until it turns out right, is over before it has.
  rig.time.now += 30_000;
  const guessing = rig.guess("192.0.2.7", "account 30");
  await turn();
  own.resolve("in");
  assertEquals([await entering, await guessing], ["in", "wrong"]);
  assertMatch(await rig.guess("192.0.2.7", "account 31"), LOCKED);
});

Deno.test("an IPv6 network counts as one address", async () => {
  const rig = new Rig();
  for (let i = 0; i < 6; i++) {
    assertEquals(await rig.guess(`2001:db8:0:1${i}::${i}`), "wrong");
  }
  assertMatch(await rig.guess("2001:db8:0:ff:ffff::7"), LOCKED);
  assertEquals(await rig.guess("2001:db8:0:100::1"), "wrong");
});

Deno.test("guesses side by side are no more than one after the other", async () => {
  const rig = new Rig();
  let checked = 0;
  const answers = await Promise.all(Array.from({ length: 100 }, () => {
    return rig.attempts.try(at("192.0.2.7"), "", () => {
      checked++;
      return Promise.resolve(undefined);
    }).then(() => "wrong", (error: Error) => error.message);
  }));
  assertEquals(checked, 6);
  assertEquals(answers.filter((answer) => answer === "wrong").length, 6);
});

Deno.test("guesses at several accounts side by side are no more than the address may have", async () => {
  const waiting: (() => void)[] = [];
  const rig = new Rig({ sleep: () => new Promise((resolve) => waiting.push(resolve)) });
  let checked = 0;
  const all = Array.from(
    { length: 100 },
    (_, i) =>
      rig.attempts.try(at("192.0.2.7"), `account ${i}`, () => {
        checked++;
        return Promise.resolve(undefined);
      }).catch(() => {}),
  );
  while (waiting.length < 20) await new Promise((resolve) => setTimeout(resolve));
  for (const wake of waiting) wake();
  await Promise.all(all);
  assertEquals(checked, 30);
});

Deno.test("many people with the right password come in side by side", async () => {
  const rig = new Rig();
  const all = Array.from({ length: 16 }, () => rig.enter("192.0.2.7"));
  assertEquals(await Promise.all(all), new Array(16).fill("in"));
  assertEquals(rig.time.slept, []);
});

Deno.test("checks for one address go on one after the other, beside those for others", async () => {
  const rig = new Rig();
  const going: { from: string; end: (result: undefined) => void }[] = [];
  const check = (from: string) => () => new Promise<undefined>((end) => going.push({ from, end }));
  const places = [..."aaaaaaaaaa", "b"].map((host) => `192.0.2.${parseInt(host, 16)}`);
  const all = places.map((from, i) => rig.attempts.try(at(from), `account ${i}`, check(from)));
  await turn();
  assertEquals(going.map(({ from }) => from), ["192.0.2.10", "192.0.2.11"]);
  while (going.length < all.length) {
    for (const { end } of going) end(undefined);
    await turn();
  }
  for (const { end } of going) end(undefined);
  await Promise.all(all);
});

Deno.test("a check that fails by itself holds up nobody", async () => {
  const rig = new Rig();
  const fault = () => Promise.reject(new Error("no PAM"));
  const message = await rig.attempts.try(at("192.0.2.7"), "", fault).catch((error) =>
    error.message
  );
  assertEquals(message, "no PAM");
  assertEquals(await rig.enter("192.0.2.7"), "in");
});

Deno.test("a flood of names or addresses doesn't free the flooder", async () => {
  const rig = new Rig({ capacity: 100 });
  await rig.guessUntilLocked("192.0.2.7");
  for (let i = 0; i < 30; i++) await rig.guess("192.0.2.7", `name ${i}`);
  for (let i = 0; i < 1000; i++) await rig.guess(`2001:db8:${i.toString(16)}::1`);
  assertMatch(rig.attempts.refusal(at("192.0.2.7"), "") ?? "", LOCKED);
  rig.time.now += 15 * MINUTE;
  assertEquals(await rig.guess("192.0.2.7"), "wrong");
  assertMatch(await rig.guess("192.0.2.7"), LOCKED);
});

Deno.test("users of this machine are told apart, and locked out each by himself", async () => {
  const owners = new Map([["127.0.0.1", 1000], ["127.0.0.2", 1001]]);
  const rig = new Rig({ ownerOf: ({ hostname }) => owners.get(hostname) });
  await rig.guessUntilLocked("127.0.0.1");
  assertEquals(await rig.enter("127.0.0.2"), "in");
  // Where it isn't known who it is.
  assertEquals(await rig.enter("127.0.0.3"), "in");
  assertMatch(await rig.enter("127.0.0.1"), LOCKED);
  assertMatch(rig.attempts.refusal(at("127.0.0.1"), "") ?? "", LOCKED);
  assertEquals(rig.attempts.refusal(at("127.0.0.2"), ""), undefined);
});

Deno.test("without knowing users nobody on this machine is locked out, but guessing is slow", async () => {
  const rig = new Rig();
  for (let i = 0; i < 100; i++) assertEquals(await rig.guess("::1"), "wrong");
  assertEquals(rig.time.slept.at(-1), 8000);
  assertEquals(rig.attempts.refusal(at("::1"), ""), undefined);
  assertEquals(await rig.enter("::1"), "in");
});
