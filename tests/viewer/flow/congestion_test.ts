import { assert, assertEquals } from "@std/assert";
import { Congestion, type Delivery } from "../../../src/viewer/flow/congestion.ts";
import { Random } from "../../support/random.ts";
import { Stream } from "./stream.ts";

/** Bytes per millisecond of a line that takes so many megabits per second. */
const megabits = (rate: number) => rate * 125;

/** Milliseconds that an answer may be late, as event loops and wireless lines make it. */
const LATENESS = 10;

function jitter(): () => number {
  const random = new Random(5);
  return () => random.below(LATENESS);
}

/** Fast to slow. `delay` is one way, in milliseconds. */
const LINES = {
  "loopback": { rate: 1e6, delay: 0.02 },
  "LAN": { rate: megabits(1000), delay: 0.2 },
  "100 Mbit/s, 10 ms": { rate: megabits(100), delay: 5 },
  "20 Mbit/s, 50 ms": { rate: megabits(20), delay: 25 },
  "1 Mbit/s, 200 ms": { rate: megabits(1), delay: 100 },
};

/**
 * Fails where updates wait on the line: nearly all of them for the reserve, a few frames' work of 16
 * KiB and the lateness of answers; after a pause for a window in front of them at the most.
 */
function assertShortQueue(stream: Stream, since: number): void {
  const { rate, delay } = stream.line.traits;
  const queues = stream.sentSince(since).map(({ queue }) => queue).toSorted((a, b) => a - b);
  assert(queues.length > 5);
  const bound = Math.max(25, delay / 2) + 16 * 1024 / rate + 2 * LATENESS;
  const most = queues[Math.floor(queues.length * 0.9)]!;
  assert(most < bound, `${most} ms in front of an update`);
  assert(
    queues.at(-1)! < bound + 2 * (delay + LATENESS),
    `${queues.at(-1)} ms in front of an update`,
  );
}

for (const [name, line] of Object.entries(LINES)) {
  // The fastest ones are in use all the time only with large updates.
  const sizes = line.rate < megabits(1000) ? [20_000, 100_000, 500_000] : [500_000, 8_000_000];
  for (const size of sizes) {
    Deno.test(`${name}: busy with updates of ${size} bytes, and no queue builds up`, () => {
      const stream = new Stream({ line: { ...line, jitter: jitter() }, size, cut: true });
      const seconds = line.rate < megabits(1000) ? 30 : 3;
      assert(stream.use(2000, 2000 + seconds * 1000) > 0.95);
      // From the very first update on.
      assertShortQueue(stream, 0);
    });
  }

  Deno.test(`${name}: updates as large as they come don't queue behind each other either`, () => {
    const size = Math.max(100_000, line.rate * 100);
    const stream = new Stream({ line: { ...line, jitter: jitter() }, size });
    assert(stream.use(3000, 33_000) > 0.95);
    assertShortQueue(stream, 0);
  });
}

Deno.test("updates that leave the line time to rest go at once, whatever their rate seems to be", () => {
  const stream = new Stream({ line: LINES["20 Mbit/s, 50 ms"], size: 20_000, interval: 16 });
  stream.runUntil(10_000);
  assertEquals(stream.sentSince(1000).length, Math.floor(9000 / 16));
});

Deno.test("a line that gets slow has its queue once, and is used fully again when it recovers", () => {
  const traits = { ...LINES["20 Mbit/s, 50 ms"], jitter: jitter() };
  const stream = new Stream({ line: traits, size: 40_000, cut: true });
  stream.runUntil(10_000);
  traits.rate = megabits(1);
  // What was on its way, 75 ms of the fast line's work, takes 1.5 s now.
  stream.runUntil(13_000);
  assert(stream.use(13_000, 25_000) > 0.95);
  assertShortQueue(stream, 13_000);
  traits.rate = megabits(20);
  assert(stream.use(25_500, 28_000) > 0.95);
});

Deno.test("a line whose round trip gets longer is used fully again within 15 seconds", () => {
  const traits = { ...LINES["20 Mbit/s, 50 ms"] };
  const stream = new Stream({ line: traits, size: 40_000, cut: true });
  stream.runUntil(5000);
  traits.delay = 150;
  assert(stream.use(20_000, 40_000) > 0.9);
  assertShortQueue(stream, 20_000);
  traits.delay = 25;
  assert(stream.use(55_000, 70_000) > 0.95);
  assertShortQueue(stream, 55_000);
});

Deno.test("a viewer that decodes slowly is a slow line", () => {
  const stream = new Stream({ line: LINES["LAN"], size: 200_000, decodes: 2000, cut: true });
  stream.runUntil(20_000);
  assert(stream.shown.length > 0);
  const decoded = stream.sentSince(1000).reduce((sum, { bytes }) => sum + bytes, 0);
  assert(decoded > 0.95 * 19_000 * 2000, "the viewer had nothing to do at times");
  assert(stream.longestQueue(0) < 25 + 16 * 1024 / 2000 + 20, `${stream.longestQueue(0)} ms`);
});

Deno.test("answers that come late and all at once do no lasting harm", () => {
  const line = LINES["20 Mbit/s, 50 ms"];
  const traits = { ...line, jitter: () => 0 };
  const stream = new Stream({ line: traits, size: 40_000, cut: true });
  stream.runUntil(5000);
  traits.jitter = () => Math.max(0, 8000 - stream.clock.now);
  stream.runUntil(7999);
  // Into the dark goes what the line was known to hold, and no more.
  const inTheDark = stream.sentSince(5000).reduce((sum, { bytes }) => sum + bytes, 0);
  assert(inTheDark < line.rate * 100, `${inTheDark} bytes`);
  assert(stream.use(10_000, 20_000) > 0.95);
  assertShortQueue(stream, 10_000);
});

Deno.test("the first update may begin at once, and the second when that has been answered", () => {
  const congestion = new Congestion();
  assert(congestion.budget(0) > 0);
  congestion.sent(100_000, 0, 0);
  const id = congestion.mark(0);
  assertEquals(congestion.budget(1), 0);
  congestion.acknowledged(id, 2);
  assert(congestion.budget(2) > 0);
});

Deno.test("a viewer that answers no fences isn't waited for after a while", () => {
  const stream = new Stream({
    line: LINES["LAN"],
    size: 10_000,
    interval: 20,
    answers: "never",
    cut: true,
  });
  stream.runUntil(2900);
  assert(stream.sent.length <= 2);
  stream.runUntil(10_000);
  assertEquals(stream.sentSince(4000).length, 300);
});

Deno.test("a viewer that answers at last is waited for from then on", () => {
  const congestion = new Congestion();
  for (let now = 0; now < 10_000; now += 100) {
    congestion.sent(20_000, now, now);
    congestion.mark(now);
  }
  assertEquals(congestion.wait(10_000), 0);
  congestion.sent(20_000, 10_000, 10_000);
  const last = congestion.mark(10_000);
  assertEquals(congestion.acknowledged(last, 10_040)?.bytes, 20_000);
  congestion.sent(50_000_000, 10_050, 10_050);
  congestion.mark(10_050);
  assert(congestion.wait(10_050) > 3000);
});

Deno.test("answers to what was never sent, or was answered before, are ignored", () => {
  const congestion = new Congestion();
  assertEquals(congestion.acknowledged(1, 0), undefined);
  const [first, second, third] = [10, 20, 30].map((now) => {
    congestion.sent(1000, now, now);
    return congestion.mark(now);
  }) as [number, number, number];
  for (const id of [0, -1, 77, 0xffffffff, NaN]) {
    assertEquals(congestion.acknowledged(id, 40), undefined);
  }
  assertEquals(congestion.roundTrip, Infinity);
  assertEquals(congestion.acknowledged(second, 50)?.bytes, 2000);
  const { bandwidth, roundTrip } = congestion;
  assertEquals(congestion.acknowledged(second, 60), undefined);
  assertEquals(congestion.acknowledged(first, 60), undefined);
  assertEquals([congestion.bandwidth, congestion.roundTrip], [bandwidth, roundTrip]);
  assertEquals(congestion.acknowledged(third, 70)?.bytes, 1000);
});

Deno.test("answers that come before what they answer make nobody send without end", () => {
  // An answer takes no time, whatever was sent: the most that a viewer can pretend.
  const congestion = new Congestion();
  for (let now = 0; now < 1000; now++) {
    congestion.sent(10_000, now, now);
    congestion.acknowledged(congestion.mark(now), now);
  }
  // No more than if it had been measured in 5 ms.
  assert(congestion.window <= 10_000 / 5 * 25);
});

Deno.test("a delivery's time is the line's work for all that was lacking, once the rate is known", () => {
  const congestion = new Congestion();
  congestion.acknowledged(congestion.mark(0), 30);
  const update = (bytes: number, began: number, ended: number, share: number, answered: number) => {
    congestion.sent(bytes / 2, began, began);
    congestion.sent(bytes / 2, ended, ended);
    return congestion.acknowledged(congestion.mark(ended, share), answered);
  };
  assertEquals(update(1000, 100, 100, 1, 135)?.time, 0, "too short to tell the rate");
  assertEquals(update(40_000, 1000, 1400, 1, 1435)?.time, 0, "making it took the time");
  const about = (delivery: Delivery | undefined) => Math.round(delivery!.time / 100);
  assertEquals(about(update(40_000, 2000, 2000, 1, 2430)), 4);
  assertEquals(about(update(40_000, 3000, 3000, 0.5, 3430)), 8);
  assertEquals(about(update(10_000, 4000, 4000, 1, 4130)), 1);
});

Deno.test("a small update that is late once says nothing of the line", () => {
  const congestion = new Congestion();
  congestion.acknowledged(congestion.mark(0), 30);
  congestion.sent(100_000, 100, 100);
  congestion.acknowledged(congestion.mark(100), 180);
  const { bandwidth } = congestion;
  congestion.sent(1000, 1000, 1000);
  congestion.acknowledged(congestion.mark(1000), 1400);
  assertEquals(congestion.bandwidth, bandwidth);
});

Deno.test("without Fence a delivery's time is what its request took, and what the system took", () => {
  const congestion = new Congestion();
  congestion.mark(0);
  congestion.requested(30);
  congestion.sent(4000, 1000, 1200);
  congestion.sent(4000, 1400, 1400);
  congestion.mark(1400, 0.5);
  assertEquals(congestion.requested(1530), {
    bytes: 8000,
    lossy: false,
    sent: 1000,
    time: 600,
  });
  congestion.sent(1000, 2000, 2000);
  congestion.mark(2000);
  assertEquals(congestion.requested(2500)?.time, 0, "too little to tell");
});

Deno.test("without Fence, too, the time that making an update took is not the line's", () => {
  const congestion = new Congestion();
  congestion.mark(0);
  congestion.requested(1);
  congestion.sent(1_000_000, 100, 100);
  congestion.mark(100);
  congestion.requested(130);
  const { bandwidth } = congestion;
  congestion.sent(500_000, 1000, 1000);
  congestion.sent(500_000, 1060, 1060);
  congestion.mark(1060);
  congestion.requested(1070);
  assertEquals(congestion.bandwidth, bandwidth);
});

for (const answers of ["request", "early request"] as const) {
  for (const [name, line] of Object.entries(LINES)) {
    Deno.test(`${name}: without Fence (${answers}) the line is used, and its queue is bounded`, () => {
      const size = Math.max(100_000, line.rate * 500);
      const stream = new Stream({ line: { ...line, jitter: jitter() }, size, cut: true, answers });
      assert(stream.use(3000, 33_000) > 0.5);
      // Twice the window, of which the viewer may have one when it asks for the next.
      const bound = 2 * (2 * line.delay + Math.max(25, line.delay / 2)) + 2 * LATENESS;
      const longest = stream.longestQueue(3000);
      assert(longest < bound, `${longest} ms in front of an update`);
    });
  }
}

Deno.test("a viewer without Fence that was hidden for a minute isn't taken for a slow line", () => {
  const congestion = new Congestion();
  let now = 0;
  const update = (time: number) => {
    congestion.sent(100_000, now, now);
    congestion.mark(now);
    now += time;
    congestion.requested(now);
  };
  for (let i = 0; i < 10; i++) update(100);
  update(60_000);
  assert(congestion.bandwidth >= 100_000);
  for (let i = 0; i < 10; i++) update(100);
  assert(congestion.bandwidth > 900_000);
});

Deno.test("a request that came while the update was being written holds up the next for a second only", () => {
  const congestion = new Congestion();
  congestion.mark(0);
  congestion.requested(10);
  // Slow once, so that much of the line's time seems to be needed.
  congestion.sent(1000, 20, 20);
  congestion.mark(20);
  congestion.requested(2000);
  congestion.sent(10_000_000, 3000, 3100);
  congestion.mark(3100);
  assert(congestion.wait(3100) <= 1000);
  assertEquals(congestion.wait(4100), 0);
});

Deno.test("a viewer that asks no more, as it gets updates unasked, isn't waited for after a second", () => {
  const congestion = new Congestion();
  congestion.mark(0);
  congestion.requested(10);
  for (let now = 2000; now < 5000; now += 10) {
    congestion.sent(100_000, now, now);
    congestion.mark(now);
    if (now > 3000) assertEquals(congestion.wait(now), 0);
  }
});

Deno.test("the round trip is measured ahead of an update when the line has rested", () => {
  const congestion = new Congestion();
  assert(congestion.isProbeDue(0));
  const probe = congestion.mark(0);
  assert(!congestion.isProbeDue(5000), "one is on its way");
  congestion.acknowledged(probe, 20);
  assert(!congestion.isProbeDue(900));
  assert(congestion.isProbeDue(1000));
  congestion.sent(10, 1000, 1000);
  assert(!congestion.isProbeDue(1000), "it would wait behind the update");
  assertEquals(congestion.roundTrip, 20);
});

Deno.test("what was sent before the viewer had Fence isn't waited for, nor what comes when it has it no more", () => {
  const congestion = new Congestion();
  congestion.sent(100_000, 0, 0);
  congestion.mark(0);
  assertEquals(congestion.budget(1), 0);
  congestion.answersOtherwise();
  assert(congestion.budget(1) > 0);
  congestion.acknowledged(congestion.mark(1), 2);
  congestion.sent(100_000_000, 10, 10);
  congestion.mark(10);
  congestion.answersOtherwise();
  congestion.sent(100_000_000, 20, 20);
  congestion.mark(20);
  assert(congestion.wait(20) < Infinity);
});

Deno.test("only what was lossy itself is told to be so", () => {
  const congestion = new Congestion();
  const update = (lossy: boolean) => {
    congestion.sent(1000, 0, 0);
    return congestion.mark(0, 1, lossy);
  };
  const ids = [update(false), update(true), update(false), update(true), update(false)];
  const lossy = (index: number) => congestion.acknowledged(ids[index]!, 10 * index + 10)?.lossy;
  assertEquals([0, 1, 2, 4].map(lossy), [false, true, false, true]);
});
