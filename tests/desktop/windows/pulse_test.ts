import { assert, assertEquals } from "@std/assert";
import { type After, Pulse } from "../../../src/desktop/windows/pulse.ts";

/** One timer, which fires when the test says so. */
class OneTimer {
  callback: (() => void) | undefined;
  /** All that were asked for. */
  readonly intervals: number[] = [];

  readonly after: After = (milliseconds, callback) => {
    this.intervals.push(milliseconds);
    this.callback = callback;
    return () => this.callback = undefined;
  };

  fire(times = 1): void {
    for (let i = 0; i < times; i++) this.callback!();
  }

  get last(): number {
    return this.intervals.at(-1)!;
  }
}

function pulseOf(beat: () => boolean): { pulse: Pulse; timer: OneTimer } {
  const timer = new OneTimer();
  return { pulse: new Pulse(beat, timer.after), timer };
}

Deno.test("a pulse is fast while things move, slower step by step when nothing does", () => {
  let moves = true;
  const { pulse, timer } = pulseOf(() => moves);
  pulse.start();
  timer.fire(5);
  assertEquals(timer.intervals, [10, 10, 10, 10, 10, 10]);
  moves = false;
  timer.fire(3);
  const [a, b, c] = timer.intervals.slice(-3) as [number, number, number];
  assert(10 < a && a < b && b < c && c < 20);
  timer.fire(30);
  assertEquals(timer.last, 100);
  const idle = timer.intervals.slice(6);
  const steps = idle.filter((interval) => interval < 100).reduce((sum, each) => sum + each, 0);
  assert(500 < steps && steps < 1500, `slow after ${steps} ms`);
  moves = true;
  timer.fire();
  assertEquals(timer.last, 10);
});

Deno.test("a pulse that is to hurry beats soon, and doesn't put off a beat that is due", () => {
  const { pulse, timer } = pulseOf(() => false);
  pulse.start();
  timer.fire(40);
  pulse.hurry();
  assertEquals(timer.last, 10);
  const total = timer.intervals.length;
  pulse.hurry();
  pulse.hurry();
  assertEquals(timer.intervals.length, total);
});

Deno.test("a pulse has no timer before it starts, when it has stopped, and in haste then", () => {
  const { pulse, timer } = pulseOf(() => true);
  assertEquals(timer.callback, undefined);
  pulse.start();
  pulse.stop();
  pulse.hurry();
  assertEquals(timer.callback, undefined);
});

Deno.test("a beat may stop the pulse, and start it anew", () => {
  let beats = 0;
  const { pulse, timer } = pulseOf(() => {
    beats++;
    pulse.stop();
    if (beats === 2) pulse.start();
    return true;
  });
  pulse.start();
  timer.fire();
  assertEquals(timer.callback, undefined);
  pulse.start();
  timer.fire();
  assertEquals([beats, timer.intervals.length], [2, 3]);
});
