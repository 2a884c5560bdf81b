import { assert, assertEquals } from "@std/assert";
import type { Connection } from "../../src/rfb/connection.ts";
import { Patience, type RoundTripOf } from "../../src/web/patience.ts";
import { connectionPair } from "../support/memory_connection.ts";

/** A patience whose time stands still, at 1000 ms. */
const patienceWith = (roundTripOf: RoundTripOf) => new Patience(roundTripOf, () => 1000);

const from = (address: string): Connection => connectionPair(undefined, address)[0];

Deno.test("nobody waits longer than for what a browser takes, and the line varies", () => {
  // Round-trip times, and what is waited for them.
  const lines: Record<string, [roundTrip: number, jitter: number]> = {
    "127.0.0.1": [0.02, 0.005],
    "192.0.2.7": [0.5, 0.125],
    "192.0.2.8": [80, 20],
    "192.0.2.9": [300, 50],
  };
  const patience = patienceWith(({ remote }) => lines[remote.hostname]![0]);
  for (const [address, [, jitter]] of Object.entries(lines)) {
    assertEquals(patience.timeFor(from(address)), 60 + jitter);
    patience.learnViewer(from(address));
    assertEquals(patience.timeFor(from(address)), 20 + jitter);
  }
});

Deno.test("where nobody knows the line it is taken for a slow one", () => {
  const patience = patienceWith(() => undefined);
  const time = patience.timeFor(from("192.0.2.7"));
  assert(time > 80 && time <= 110, `${time}`);
});

Deno.test("a slow browser is remembered, for its own place, and within bounds", () => {
  const patience = patienceWith(() => 1);
  patience.learnBrowser(from("192.0.2.7"), 1000, false);
  patience.learnBrowser(from("192.0.2.8"), 1000, false);
  const usual = patience.timeFor(from("192.0.2.7"));
  patience.learnBrowser(from("192.0.2.7"), 1000 - usual / 2, false);
  assertEquals(patience.timeFor(from("192.0.2.7")), usual);
  patience.learnBrowser(from("192.0.2.7"), 1000 - 150, false);
  patience.learnBrowser(from("192.0.2.7"), 1000 - 3, false);
  assert(patience.timeFor(from("192.0.2.7")) > 150);
  assertEquals(patience.timeFor(from("192.0.2.8")), usual);
  patience.learnBrowser(from("192.0.2.7"), 1000 - 600, false);
  assertEquals(patience.timeFor(from("192.0.2.7")), 1000);
});

Deno.test("a connection to spare, which speaks when it's needed, teaches nothing", () => {
  const patience = patienceWith(() => 1);
  patience.learnBrowser(from("192.0.2.7"), 1000, false);
  const usual = patience.timeFor(from("192.0.2.7"));
  patience.learnBrowser(from("192.0.2.7"), 1000 - 5000, false);
  assertEquals(patience.timeFor(from("192.0.2.7")), usual);
});

Deno.test("a slow browser is forgotten bit by bit, while others come from there", () => {
  const patience = patienceWith(() => 1);
  patience.learnBrowser(from("192.0.2.7"), 1000, false);
  const usual = patience.timeFor(from("192.0.2.7"));
  patience.learnBrowser(from("192.0.2.7"), 400, false);
  for (let i = 0; i < 10; i++) patience.learnViewer(from("192.0.2.7"));
  const less = patience.timeFor(from("192.0.2.7"));
  assert(less > usual && less < 600, `${less}`);
  for (let i = 0; i < 30; i++) patience.learnViewer(from("192.0.2.7"));
  assertEquals(patience.timeFor(from("192.0.2.7")), usual);
});

Deno.test("a browser that came long ago makes nobody wait any more", () => {
  const time = { now: 1000 };
  const patience = new Patience(() => 1, () => time.now);
  const wait = () => patience.timeFor(from("192.0.2.7"));
  patience.learnViewer(from("192.0.2.7"));
  const forViewers = wait();
  patience.learnBrowser(from("192.0.2.7"), time.now, false);
  const forBrowsers = wait();
  assert(forBrowsers > forViewers, `${forBrowsers}`);
  time.now += 30 * 60_000;
  patience.learnViewer(from("192.0.2.7"));
  assertEquals(wait(), forBrowsers);
  time.now += 31 * 60_000;
  assertEquals(wait(), forViewers);
  patience.learnViewer(from("192.0.2.7"));
  assertEquals(wait(), forViewers);
  // What it took to its first word, then, is forgotten with it.
  patience.learnBrowser(from("192.0.2.7"), time.now - 300, false);
  time.now += 61 * 60_000;
  patience.learnBrowser(from("192.0.2.7"), time.now, false);
  assertEquals(wait(), forBrowsers);
});

Deno.test("who says nothing around a page's request is a connection to spare", () => {
  const time = { now: 1000 };
  const patience = new Patience(() => 1, () => time.now);
  const isSpare = (began: number) => patience.takesForSpare(from("192.0.2.7"), began);
  patience.learnBrowser(from("192.0.2.7"), 990, false);
  assertEquals(isSpare(1000), false);
  patience.learnBrowser(from("192.0.2.7"), 990, true);
  assertEquals([1600, 980, 980].map(isSpare), [false, true, false]);
  patience.learnBrowser(from("192.0.2.7"), 990, true);
  patience.learnViewer(from("192.0.2.7"));
  assertEquals(isSpare(1300), true);
  assertEquals(patience.takesForSpare(from("192.0.2.8"), 1000), false);
});

Deno.test("only so many places are remembered, the latest", () => {
  const patience = patienceWith(() => 1);
  const usual = patience.timeFor(from("192.0.2.7"));
  patience.learnBrowser(from("192.0.2.7"), 1000 - 150, false);
  for (let i = 0; i < 999; i++) {
    patience.learnBrowser(from(`10.1.${i >> 8}.${i & 255}`), 1000 - 100, false);
  }
  assert(patience.timeFor(from("192.0.2.7")) > usual);
  patience.learnBrowser(from("192.0.2.8"), 1000 - 100, false);
  assertEquals(patience.timeFor(from("192.0.2.7")), usual);
});
