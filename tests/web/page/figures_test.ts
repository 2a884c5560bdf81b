import { assertEquals } from "@std/assert";
import { bandwidthText, latencyText, Meter } from "../../../src/web/page/figures.ts";

const tight = (pixels: number) => new Map([["Tight", pixels]]);

Deno.test("rates are taken over the last two seconds", () => {
  const meter = new Meter();
  for (let at = 0; at < 4000; at += 100) {
    meter.addFrame(at, tight(1));
    meter.addBytes(at, 1000);
  }
  const { framesPerSecond, bitsPerSecond } = meter.figures(3950);
  assertEquals(framesPerSecond, 10);
  assertEquals(bitsPerSecond, 80_000);
});

Deno.test("a desktop that stands still has no frames, but still an encoding and a latency", () => {
  const meter = new Meter();
  meter.addFrame(0, tight(100));
  meter.addRoundTrip(7);
  assertEquals(meter.figures(10).framesPerSecond, 0.5);
  assertEquals(meter.figures(9000), {
    framesPerSecond: 0,
    bitsPerSecond: 0,
    latency: 7,
    encoding: "Tight",
  });
});

Deno.test("the encoding is the one of most pixels, not of most rectangles", () => {
  const meter = new Meter();
  meter.addFrame(0, new Map([["CopyRect", 900], ["Tight", 100]]));
  meter.addFrame(1, tight(100));
  meter.addFrame(2, tight(100));
  assertEquals(meter.figures(3).encoding, "CopyRect");
});

Deno.test("another connection has figures of its own", () => {
  const meter = new Meter();
  meter.addFrame(0, tight(1));
  meter.addBytes(0, 1);
  meter.addRoundTrip(1);
  meter.reset();
  assertEquals(meter.figures(1), {
    framesPerSecond: 0,
    bitsPerSecond: 0,
    latency: undefined,
    encoding: undefined,
  });
});

Deno.test("figures in words", () => {
  assertEquals([0.44, 9.94, 10, 231.6].map(latencyText), ["0.4 ms", "9.9 ms", "10 ms", "232 ms"]);
  assertEquals([0, 840_400, 999_499, 12_540_000].map(bandwidthText), [
    "0 kbit/s",
    "840 kbit/s",
    "999 kbit/s",
    "12.5 Mbit/s",
  ]);
});
