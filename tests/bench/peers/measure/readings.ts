import type { Workload } from "../cells.ts";
import type { Figures } from "../report/figures.ts";
import type { CpuUse, Memory } from "./process.ts";
import { median, quantile, sum } from "./statistics.ts";

/** What had come until a moment of the machine's monotonic clock, in milliseconds. */
export interface Mark {
  readonly time: number;
  /** Bytes, of each viewer that answered. */
  readonly bytes: readonly number[];
}

/** What was read while a server was measured, between two marks. */
export interface Readings {
  readonly workload: Workload;
  /** What `scene` printed since the viewer connected. */
  readonly scene: string;
  /** What `watch` printed. */
  readonly watch: string;
  readonly from: Mark;
  readonly to: Mark;
  /** Bytes that came to each of the other viewers between the marks. */
  readonly crowd: readonly number[];
  readonly server: CpuUse;
  readonly x: CpuUse;
  /** Milliseconds of X's CPU time that a frame takes which is drawn with nobody connected. */
  readonly drawing: number;
  readonly memory: Memory;
}

/** The numbers in all lines such as "seen 12 8312.271". */
function numbersAfter(word: string, output: string): number[][] {
  return output.split("\n").filter((line) => line.startsWith(`${word} `)).map((line) =>
    line.split(" ").slice(1).map(Number)
  );
}

/** The mark in a line such as "mark 8312.271 9120". */
export function parseMark(line: string): Mark {
  const [time = NaN, ...bytes] = numbersAfter("mark", line)[0] ?? [];
  return { time, bytes };
}

/** A frame that was drawn, and when it was seen, if it was. */
interface Frame {
  readonly drawn: number;
  readonly seen: number | undefined;
}

/** Numbers come again after some thousands: what was seen is the latest that was drawn before. */
function framesOf(scene: string, watch: string): Frame[] {
  const drawn = numbersAfter("drawn", scene).map(([number, time]) => ({ number, time: time! }));
  const seen = new Map<number, number>();
  for (const [number, time] of numbersAfter("seen", watch)) {
    const index = drawn.findLastIndex((each) => each.number === number && each.time <= time!);
    if (!seen.has(index)) seen.set(index, time!);
  }
  return drawn.map(({ time }, index) => ({ drawn: time, seen: seen.get(index) }));
}

/**
 * Milliseconds from each press of a key to its frame in X, and to the viewer. Each key is a frame.
 * @param end When the last key was pressed that must have arrived.
 * @throws {Error} When one didn't.
 */
function keyTimes(keys: readonly number[], frames: readonly Frame[], end: number) {
  const due = keys.filter((time) => time < end).length;
  if (frames.length < due || frames.length > keys.length) {
    throw new Error(`${due} keys were pressed, ${frames.length} arrived`);
  }
  return {
    key: frames.map(({ drawn }, i) => drawn - keys[i]!),
    echo: frames.flatMap(({ seen }, i) => seen === undefined ? [] : [seen - keys[i]!]),
  };
}

const isBetween = (time: number | undefined, { from, to }: Readings): boolean =>
  time !== undefined && time >= from.time && time < to.time;

/** How many frames were drawn between the marks, and how long what came of them took. */
function timesOf(readings: Readings) {
  const { workload, scene, watch, to } = readings;
  const frames = framesOf(scene, watch);
  const drawn = frames.filter((frame) => isBetween(frame.drawn, readings));
  const latencies = drawn.flatMap(({ drawn, seen }) => seen === undefined ? [] : [seen - drawn]);
  const keys = numbersAfter("key", watch).map(([time]) => time!);
  const { key, echo } = workload.scene === "typing"
    ? keyTimes(keys, frames, to.time)
    : { key: [], echo: [] };
  return { drawn: drawn.length, latencies, key, echo };
}

/** How wrong the colours of the frames are that were seen between the marks, where that is known. */
function errorsOf(readings: Readings): number[] {
  return numbersAfter("seen", readings.watch)
    .filter(([, time]) => isBetween(time, readings))
    .map(([, , error]) => error)
    .filter((error) => error !== undefined);
}

/** How many updates a second left parts of two frames. */
function tornOf(readings: Readings): number {
  const torn = numbersAfter("torn", readings.watch).filter(([time]) => isBetween(time, readings));
  return torn.length * 1000 / (readings.to.time - readings.from.time);
}

/**
 * The figures of one measurement. Everything that is said "a frame" is of the frames that were drawn
 * between the marks. How many came to other viewers follows from their bytes, as they decode nothing;
 * more than all are what came late of an earlier picture.
 * @throws {Error} When nothing was drawn, or a key that was pressed was lost.
 */
export function figuresOf(readings: Readings): Figures {
  const { workload, from, to, crowd, server, x, memory } = readings;
  const { drawn, latencies, key, echo } = timesOf(readings);
  if (drawn === 0) throw new Error("nothing was drawn");
  const arrived = latencies.length;
  const bytes = to.bytes[0]! - from.bytes[0]!;
  const others = crowd.map((each) => Math.min(drawn, arrived * each / bytes));
  const reached = arrived + sum(others);
  const figures = {
    rate: workload.rate * arrived / drawn,
    crowdRate: median(others.map((frames) => workload.rate * frames / drawn)),
    latency: median(latencies),
    latency95: quantile(latencies, 0.95),
    key: median(key),
    echo: median(echo),
    cpu: server.total / reached,
    cpuX: Math.max(0, x.total - readings.drawing * drawn) / reached,
    cpuAll: server.total / arrived,
    userAll: server.user / arrived,
    cores: server.total / (to.time - from.time),
    bytes: bytes / 1000 / arrived,
    error: median(errorsOf(readings)),
    torn: tornOf(readings),
    memory: memory.resident,
    peak: memory.peak,
  };
  const finite = Object.entries(figures).filter(([, value]) => Number.isFinite(value));
  return Object.fromEntries(finite);
}
