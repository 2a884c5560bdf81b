import { fileURLToPath } from "node:url";
import { startXvfb, type Xvfb } from "../../../support/xvfb.ts";
import { Program } from "../../../viewers/support/program.ts";
import { type Cell, type Coding, COMPRESSION, DIRECT, type Line, type Workload } from "../cells.ts";
import type { Figures } from "../report/figures.ts";
import { AFTERMATH, warmUp } from "../plan.ts";
import { cpuTime, cpuUse, memory, resetPeak } from "./process.ts";
import type { Programs } from "../programs/compile.ts";
import { figuresOf, type Mark, parseMark } from "./readings.ts";
import type { RunningServer } from "./servers.ts";

export const sleep = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

/** A screen on which a workload is drawn until it is disposed of. */
export interface Stage extends AsyncDisposable {
  readonly workload: Workload;
  readonly xvfb: Xvfb;
  readonly scene: Program;
  /** The shared memory with its pictures, as `scene` names it. */
  readonly pictures: string;
}

/** Starts an X server and what draws on it. */
export async function startStage(programs: Programs, workload: Workload): Promise<Stage> {
  await using resources = new AsyncDisposableStack();
  const xvfb = resources.use(await startXvfb({ width: 1920, height: 1080 }));
  const scene = resources.use(
    new Program(programs.scene, {
      args: [workload.scene, workload.scene === "typing" ? "0" : `${workload.rate}`],
      env: { DISPLAY: xvfb.display },
    }),
  );
  const [, pictures] = await scene.expect(/^ready (\S+)$/m);
  const kept = resources.move();
  return {
    workload,
    xvfb,
    scene,
    pictures: pictures!,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Milliseconds of X's CPU time that a frame takes which nobody watches. */
export async function measureDrawing(stage: Stage, duration: number): Promise<number> {
  const { scene, xvfb } = stage;
  const start = scene.output.length;
  const from = cpuTime(xvfb.pid);
  await sleep(duration);
  const { total } = cpuUse(from, cpuTime(xvfb.pid));
  const frames = scene.output.slice(start).split("drawn").length - 1;
  return frames === 0 ? 0 : total / frames;
}

/** The line between viewers and a server; none for the loopback. */
async function openLine(line: Line, port: number): Promise<Program & { port: number } | undefined> {
  if (line === DIRECT) return undefined;
  const { rate = Infinity, delay = 0, buffer = 0 } = line;
  const script = fileURLToPath(new URL("./line.ts", import.meta.url));
  const program = new Program(Deno.execPath(), {
    args: ["run", "-q", "-A", script, ...[port, rate, delay, buffer].map(String)],
  });
  const [, own] = await program.expect(/^port (\d+)$/m);
  return Object.assign(program, { port: Number(own) });
}

/** The viewer that tells what it sees, once it has the whole screen. */
export async function startWatch(
  programs: Programs,
  port: number,
  { workload, pictures }: Stage,
  coding: Coding,
): Promise<Program> {
  const keys = workload.scene === "typing" ? [`${workload.rate}`] : [];
  const watch = new Program(programs.watch, {
    args: [
      ...[port, coding.encodings, COMPRESSION, coding.quality].map(String),
      ...[workload.scene, pictures, ...keys],
    ],
  });
  return await ready(watch);
}

/** The other viewers, once each has had an update; none if there are none. */
async function startCrowd(programs: Programs, port: number, { coding, viewers }: Cell) {
  if (viewers === 1) return undefined;
  const args = [port, viewers - 1, coding.encoding, COMPRESSION, coding.quality].map(String);
  return await ready(new Program(programs.crowd, { args }));
}

/** Servers that encode for each viewer anew need long until all of many have seen something. */
const PATIENCE = 60_000;

async function ready(program: Program): Promise<Program> {
  try {
    await program.expect(/^ready$/m, 0, PATIENCE);
    return program;
  } catch (error) {
    await program[Symbol.asyncDispose]();
    throw error;
  }
}

/** What a viewer says has come until now. */
async function mark(viewer: Program): Promise<Mark> {
  const start = viewer.output.length;
  await viewer.write("\n");
  const [line] = await viewer.expect(/^mark .*$/m, start);
  return parseMark(line);
}

/**
 * Measures a server while its viewers watch.
 * @param drawing What {@linkcode measureDrawing} found.
 * @param duration In milliseconds.
 * @throws {Error} When no figures came out of it.
 */
export async function measure(
  stage: Stage,
  server: RunningServer,
  programs: Programs,
  cell: Cell,
  drawing: number,
  duration: number,
): Promise<Figures> {
  const { scene, workload, xvfb } = stage;
  const start = scene.output.length;
  await using line = await openLine(cell.line, server.port);
  const port = line?.port ?? server.port;
  await using crowd = await startCrowd(programs, port, cell);
  await using watch = await startWatch(programs, port, stage, cell.coding);
  await sleep(warmUp(cell));
  resetPeak(server.pid);
  const read = async () => ({
    mark: await mark(watch),
    crowd: crowd === undefined ? [] : (await mark(crowd)).bytes,
    server: cpuTime(server.pid),
    x: cpuTime(xvfb.pid),
  });
  const from = await read();
  await sleep(duration);
  const to = await read();
  const memoryThen = memory(server.pid);
  await sleep(AFTERMATH);
  return figuresOf({
    workload,
    scene: scene.output.slice(start),
    watch: watch.output,
    from: from.mark,
    to: to.mark,
    crowd: to.crowd.map((bytes, i) => bytes - from.crowd[i]!),
    server: cpuUse(from.server, to.server),
    x: cpuUse(from.x, to.x),
    drawing,
    memory: memoryThen,
  });
}
