import { assert, assertEquals } from "@std/assert";
import { QualityControl } from "../../../src/viewer/flow/quality.ts";
import { type Answers, type Sent, Stream } from "./stream.ts";

/** Tells that so many updates took so long, one every 50 ms from `now` on. */
function deliver(control: QualityControl, time: number, count: number, now: number): void {
  for (let i = 0; i < count; i++) {
    control.delivered({ sent: now + 50 * i, time }, now + 50 * i + time);
  }
}

Deno.test("the quality begins where the viewer asked for it, and is never above", () => {
  for (const asked of [1, 15, 20, 24, 77, 92, 100]) {
    const control = new QualityControl(asked);
    assertEquals(control.quality, asked);
    deliver(control, 1, 100, 0);
    assertEquals(control.quality, asked);
    deliver(control, 5000, 1, 10_000);
    assert(control.quality <= asked);
    assertEquals(control.quality, asked < 25 ? asked : 20);
    deliver(control, 1, 300, 20_000);
    assertEquals(control.quality, asked);
  }
});

Deno.test("the quality falls with the first slow update, as far as it has to", () => {
  const after = (time: number) => {
    const control = new QualityControl(95);
    deliver(control, time, 1, 0);
    return control.quality;
  };
  assertEquals([90, 110, 180, 300, 1000].map(after), [95, 90, 80, 55, 20]);
});

Deno.test("what was sent before the quality fell doesn't lower it again", () => {
  const control = new QualityControl(95);
  control.delivered({ sent: 0, time: 120 }, 120);
  control.delivered({ sent: 60, time: 120 }, 180);
  assertEquals(control.quality, 90);
  control.delivered({ sent: 130, time: 120 }, 250);
  assertEquals(control.quality, 80);
});

Deno.test("the quality rises step by step, and only when the next step is within reach", () => {
  const control = new QualityControl(95);
  deliver(control, 1000, 1, 0);
  const seen = new Set<number>();
  for (let now = 1000; now < 9000; now += 50) {
    deliver(control, 20, 1, now);
    seen.add(control.quality);
  }
  assertEquals([...seen], [20, 35, 55, 70, 80, 90, 95]);
  deliver(control, 150, 1, 10_000);
  assertEquals(control.quality, 80);
  deliver(control, 70, 200, 11_000);
  assertEquals(control.quality, 80);
});

Deno.test("viewers that asked for different qualities share the lower ones", () => {
  const qualities = [75, 80, 92, 100].map((asked) => {
    const control = new QualityControl(asked);
    deliver(control, 10_000, 1, 0);
    deliver(control, 10, 30, 20_000);
    return control.quality;
  });
  assertEquals(new Set(qualities).size, 1);
});

/** How often the quality changed, as seen by a viewer. */
const changes = (sent: readonly Sent[]) =>
  sent.filter(({ quality }, i) => i > 0 && quality !== sent[i - 1]!.quality).length;

for (const answers of ["fence", "request", "early request"] as Answers[]) {
  for (const cut of [true, false]) {
    const how = `${answers}, updates ${cut ? "cut" : "whole"}`;

    Deno.test(`the quality follows the line down and up again (${how})`, () => {
      const traits = { rate: 2500, delay: 25 };
      const quality = new QualityControl(90);
      const stream = new Stream({
        line: traits,
        size: 60_000,
        interval: 33,
        cut,
        answers,
        quality,
      });
      stream.runUntil(5000);
      assertEquals(stream.sentSince(0).every((update) => update.quality === 90), true);
      traits.rate = 125;
      stream.runUntil(9000);
      const lowest = quality.quality;
      assert(lowest <= 35, `${lowest} on a slow line`);
      stream.runUntil(20_000);
      assert(changes(stream.sentSince(10_000)) <= 4, "it flaps");
      traits.rate = 2500;
      stream.runUntil(28_000);
      assertEquals(quality.quality, 90);
      stream.runUntil(40_000);
      assertEquals(changes(stream.sentSince(28_000)), 0);
    });
  }
}

Deno.test("a server that is slow to make updates doesn't lower the quality", () => {
  const quality = new QualityControl(90);
  const stream = new Stream({
    line: { rate: 125_000, delay: 0.2 },
    size: 500_000,
    interval: 33,
    making: 150,
    cut: true,
    quality,
  });
  stream.runUntil(10_000);
  assert(stream.sent.length > 40);
  assertEquals(changes(stream.sent), 0);
});

Deno.test("a picture that changes as a whole after rest keeps its quality on a good line", () => {
  const quality = new QualityControl(90);
  const stream = new Stream({
    line: { rate: 12_500, delay: 5 },
    size: 500_000,
    interval: 3000,
    cut: true,
    quality,
  });
  stream.runUntil(20_000);
  assertEquals(changes(stream.sent), 0);
});
