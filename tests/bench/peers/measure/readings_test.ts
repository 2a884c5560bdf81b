import { assertEquals, assertThrows } from "@std/assert";
import { named, WORKLOADS } from "../cells.ts";
import { figuresOf, parseMark, type Readings } from "./readings.ts";

const READINGS: Readings = {
  workload: named(WORKLOADS, "video 30"),
  scene: "ready 7\ndrawn 4095 100.0\ndrawn 0 200.0\ndrawn 1 300.0\ndrawn 2 400.0\n",
  watch: "ready\nseen 4095 110.0\ntorn 205.5\nseen 0 220.0\nseen 2 430.0\nmark 500.0 9000\n",
  from: { time: 150, bytes: [1000] },
  to: { time: 450, bytes: [7000] },
  crowd: [],
  server: { total: 30, user: 20 },
  x: { total: 12, user: 6 },
  drawing: 2,
  memory: { resident: 50, peak: 60 },
};

Deno.test("a mark has the bytes of each viewer", () => {
  assertEquals(parseMark("mark 12.5 100 200"), { time: 12.5, bytes: [100, 200] });
});

Deno.test("frames that were drawn between the marks count, seen then or later", () => {
  assertEquals(figuresOf(READINGS), {
    // Two of three.
    rate: 20,
    latency: 25,
    latency95: 29.5,
    cpu: 15,
    cpuAll: 15,
    userAll: 10,
    // X has drawn three for 2 ms each.
    cpuX: 3,
    cores: 0.1,
    bytes: 3,
    torn: 10 / 3,
    memory: 50,
    peak: 60,
  });
});

Deno.test("what others got is counted in frames of as many bytes, up to all of them", () => {
  const { rate, crowdRate, cpu, cpuAll } = figuresOf({ ...READINGS, crowd: [90000, 3000, 3000] });
  assertEquals({ rate, crowdRate }, { rate: 20, crowdRate: 10 });
  assertEquals({ cpu, cpuAll }, { cpu: 30 / (2 + 3 + 1 + 1), cpuAll: 15 });
});

Deno.test("a number that comes again is a frame of its own", () => {
  const { latency, rate } = figuresOf({
    ...READINGS,
    scene: "drawn 5 160\ndrawn 5 360\n",
    watch: "seen 5 170\nseen 5 390\n",
  });
  assertEquals({ latency, rate }, { latency: 20, rate: 30 });
});

Deno.test("errors are those of the frames that were seen between the marks", () => {
  const watch = "seen 4095 110 9\nseen 0 220 1.5\nseen 1 320 2.5\nseen 2 460 9\n";
  assertEquals(figuresOf({ ...READINGS, watch }).error, 2);
});

Deno.test("where nothing arrived there are neither latencies nor costs of a frame", () => {
  const figures = figuresOf({ ...READINGS, watch: "", to: { time: 450, bytes: [1000] } });
  assertEquals(figures, { rate: 0, cores: 0.1, torn: 0, memory: 50, peak: 60 });
});

Deno.test("where nothing was drawn there are no figures", () => {
  assertThrows(() => figuresOf({ ...READINGS, scene: "ready 7\n" }), Error, "nothing was drawn");
});

const TYPING: Readings = {
  ...READINGS,
  workload: named(WORKLOADS, "typing"),
  scene: "drawn 1 161\ndrawn 2 263\n",
  watch: "key 160\nseen 1 165\nkey 260\nseen 2 269\n",
};

Deno.test("each key is a frame, whose echo is timed from the press", () => {
  const { key, echo, latency } = figuresOf(TYPING);
  assertEquals({ key, echo, latency }, { key: 2, echo: 7, latency: 5 });
});

Deno.test("a key that was pressed after all that may be on its way", () => {
  assertEquals(figuresOf({ ...TYPING, watch: `${TYPING.watch}key 455\n` }).echo, 7);
});

Deno.test("a key that is lost is an error", () => {
  const watch = `key 155\n${TYPING.watch}`;
  assertThrows(() => figuresOf({ ...TYPING, watch }), Error, "3 keys were pressed, 2 arrived");
});
