import { CODINGS, named, STILL, WORKLOADS } from "../cells.ts";
import { sleep, type Stage, startStage, startWatch } from "./measure.ts";
import { IDLE_TIME, SETTLING } from "../plan.ts";
import { cpuTime, cpuUse } from "./process.ts";
import type { Programs } from "../programs/compile.ts";
import type { CpuPair, IdleResult } from "../report/results.ts";
import { type Progress, startSettled } from "./run.ts";
import type { RunningServer, Server } from "./servers.ts";

const FILM = named(WORKLOADS, "video 30");
const CODING = named(CODINGS, "Tight JPEG");

/** CPU time of a server and of X. */
async function cpuOfBoth(server: RunningServer, stage: Stage): Promise<CpuPair> {
  const read = () => ({ server: cpuTime(server.pid), x: cpuTime(stage.xvfb.pid) });
  const from = read();
  await sleep(IDLE_TIME);
  const to = read();
  return { server: cpuUse(from.server, to.server).total, x: cpuUse(from.x, to.x).total };
}

/** CPU time of X alone, for what is drawn. */
async function cpuOfX(stage: Stage): Promise<number> {
  const from = cpuTime(stage.xvfb.pid);
  await sleep(IDLE_TIME);
  return cpuUse(from, cpuTime(stage.xvfb.pid)).total;
}

/** Measures what servers use while nobody is connected, or nothing changes. */
export async function measureIdle(
  servers: readonly Server[],
  programs: Programs,
  progress: Progress,
): Promise<IdleResult[]> {
  await using still = await startStage(programs, STILL);
  const rest = new Map<Server, Pick<IdleResult, "still" | "watched">>();
  for (const server of servers) {
    await using running = await startSettled(server, still.xvfb.display);
    const alone = await cpuOfBoth(running, still);
    await using _watch = await startWatch(programs, running.port, still, CODING);
    // Photos that came as JPEG come once more, exactly.
    await sleep(2 * SETTLING);
    rest.set(server, { still: alone, watched: await cpuOfBoth(running, still) });
    progress(`idle, still: ${server.name}`);
  }
  await using film = await startStage(programs, FILM);
  const drawing = await cpuOfX(film);
  const results: IdleResult[] = [];
  for (const server of servers) {
    await using running = await startSettled(server, film.xvfb.display);
    const { server: own, x } = await cpuOfBoth(running, film);
    const pair = { server: own, x: Math.max(0, x - drawing) };
    results.push({ server: server.name, ...rest.get(server)!, film: pair });
    progress(`idle, film: ${server.name}`);
  }
  return results;
}
