import { type Cell, DIRECT, type Workload } from "./cells.ts";
import { sum } from "./measure/statistics.ts";

/** What is to be measured. */
export interface Plan {
  readonly cells: readonly Cell[];
  /** How often each server has its turn in each cell: A B C, A B C. */
  readonly rounds: number;
  /** How long each turn takes. */
  readonly seconds: number;
  /** What servers do while there is nothing to do. */
  readonly idle: boolean;
  /** What the machine can do. */
  readonly limits: boolean;
}

/** Milliseconds that a server has been up before viewers come: x11vnc is slow in the first ones. */
export const SETTLING = 2000;
/** Milliseconds after which a viewer that has the whole screen counts as one who has been there. */
const WARM_UP = { direct: 1000, slow: 4000 };
/** Milliseconds in which the last frames may still arrive. */
export const AFTERMATH = 300;
/** Milliseconds for which a server is idle. */
export const IDLE_TIME = 10_000;

/** Milliseconds, as it came out: until the desktop is there, a server runs, a viewer sees all. */
const START = { stage: 3000, server: 700, viewer: 500 };

/** On a slow line, the first screen takes longer: what came as JPEG comes once more, exactly. */
export const warmUp = ({ line }: Cell): number => line === DIRECT ? WARM_UP.direct : WARM_UP.slow;

/** The cells of each workload; a screen is drawn once for all of them. */
export function byWorkload(cells: readonly Cell[]): Map<Workload, Cell[]> {
  return Map.groupBy(cells, ({ workload }) => workload);
}

/** About how many milliseconds it takes to measure so many servers. */
export function estimate({ cells, rounds, seconds, idle, limits }: Plan, servers: number): number {
  const time = seconds * 1000;
  const turn = (cell: Cell) => START.viewer + warmUp(cell) + time + AFTERMATH;
  const workloads = byWorkload(cells).size;
  const round = workloads * (time + servers * (START.server + SETTLING)) +
    servers * sum(cells.map(turn));
  const still = servers * (3 * IDLE_TIME + 2 * (START.server + SETTLING) + 2 * SETTLING);
  return workloads * START.stage + rounds * round +
    (idle ? 2 * START.stage + still : 0) + (limits ? 2 * START.stage : 0);
}

/** How often something is measured. */
export function turns({ cells, rounds, idle }: Plan, servers: number): number {
  return servers * (rounds * cells.length + (idle ? 2 : 0));
}

/** A time for a person: `3 min`, `40 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
