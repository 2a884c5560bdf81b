import { type Cell, cellText, nameOf, type Workload } from "../cells.ts";
import type { Figures } from "../report/figures.ts";
import { measure, measureDrawing, sleep, startStage } from "./measure.ts";
import { byWorkload, type Plan, SETTLING } from "../plan.ts";
import type { Programs } from "../programs/compile.ts";
import type { CellResult } from "../report/results.ts";
import { type RunningServer, type Server, startServer } from "./servers.ts";

/** Is told what has just been measured. */
export type Progress = (what: string) => void;

/** Starts a server and lets it come to rest. */
export async function startSettled(server: Server, display: string): Promise<RunningServer> {
  const running = await startServer(server, display);
  await sleep(SETTLING);
  return running;
}

/** The results of one server in one cell, as they come in. */
class Outcomes {
  readonly rounds: Figures[] = [];
  readonly failures: string[] = [];

  async add(measuring: Promise<Figures>): Promise<void> {
    try {
      this.rounds.push(await measuring);
    } catch (error) {
      this.failures.push((error as Error).message);
    }
  }
}

/** The cells of one workload: in each round, each server is started once for all of them. */
async function measureWorkload(
  workload: Workload,
  cells: readonly Cell[],
  { rounds, seconds }: Plan,
  servers: readonly Server[],
  programs: Programs,
  progress: Progress,
): Promise<CellResult[]> {
  const results = cells.flatMap((cell) =>
    servers.map((server) => ({ cell, server, outcomes: new Outcomes() }))
  );
  await using stage = await startStage(programs, workload);
  const time = seconds * 1000;
  for (let round = 0; round < rounds; round++) {
    const drawing = await measureDrawing(stage, time);
    for (const server of servers) {
      const own = results.filter((each) => each.server === server);
      try {
        await using running = await startSettled(server, stage.xvfb.display);
        for (const { cell, outcomes } of own) {
          await outcomes.add(measure(stage, running, programs, cell, drawing, time));
          progress(`${cellText(nameOf(cell))}: ${server.name}`);
        }
      } catch (error) {
        // One that doesn't start isn't to cost what has been measured.
        for (const { outcomes } of own) outcomes.failures.push((error as Error).message);
      }
    }
  }
  return results.map(({ cell, server, outcomes: { rounds, failures } }) => ({
    ...nameOf(cell),
    server: server.name,
    rounds,
    failures,
  }));
}

/** Measures all servers in all cells, in turn. */
export async function measureCells(
  plan: Plan,
  servers: readonly Server[],
  programs: Programs,
  progress: Progress,
): Promise<CellResult[]> {
  const results: CellResult[] = [];
  for (const [workload, cells] of byWorkload(plan.cells)) {
    results.push(
      ...await measureWorkload(workload, cells, plan, servers, programs, progress),
    );
  }
  return results;
}
