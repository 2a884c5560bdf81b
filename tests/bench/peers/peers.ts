// deno-lint-ignore-file no-console -- a program for the terminal
//
// `deno task bench:peers`: measures vncd beside x11vnc and TigerVNC, on the same screen, with the same
// viewer, in turn. It needs Linux with the packages that it names, and installs them where it may.

import { describe, missing, provide } from "../../support/prerequisites.ts";
import { named } from "./cells.ts";
import { machine, withVersions } from "./machine.ts";
import { measureIdle } from "./measure/idle.ts";
import { measureLimits } from "./measure/limits.ts";
import { measureCells, type Progress } from "./measure/run.ts";
import { otherTigerVnc, type Server, SERVERS } from "./measure/servers.ts";
import { needsFor } from "./needs.ts";
import { HELP, type Options, parseOptions } from "./options.ts";
import { duration, estimate, type Plan, turns } from "./plan.ts";
import { compilePrograms } from "./programs/compile.ts";
import { picture } from "./report/picture.ts";
import { report } from "./report/report.ts";
import type { Results } from "./report/results.ts";

async function provideAll(servers: readonly Server[]): Promise<void> {
  const needs = needsFor(servers.map(({ name }) => name));
  await provide(needs, "what the benchmark needs");
  const lacking = missing(needs);
  if (lacking.length > 0) throw new Error(`It needs ${describe(lacking)}`);
}

/** Tells what has been measured, and about how long the rest takes. */
function progressOf(plan: Plan, servers: number): Progress {
  const start = performance.now();
  const whole = estimate(plan, servers);
  let done = 0;
  console.error(`${turns(plan, servers)} turns, about ${duration(whole)}`);
  return (what) => {
    done++;
    const left = Math.max(0, whole - (performance.now() - start));
    console.error(`${done}/${turns(plan, servers)}, ${duration(left)} left; ${what}`);
  };
}

async function measureAll({ plan, ...options }: Options): Promise<Results> {
  const chosen = options.servers?.map((name) => named(SERVERS, name)) ?? SERVERS;
  await provideAll(chosen);
  const other = options.tigerVnc === undefined ? [] : [await otherTigerVnc(options.tigerVnc)];
  const servers = [...chosen, ...other];
  const versions = await withVersions(servers);
  await using programs = await compilePrograms();
  const progress = progressOf(plan, servers.length);
  const cells = await measureCells(plan, servers, programs, progress);
  return {
    machine: machine(),
    servers: versions,
    rounds: plan.rounds,
    seconds: plan.seconds,
    cells,
    ...plan.idle ? { idle: await measureIdle(servers, programs, progress) } : {},
    ...plan.limits ? { limits: await measureLimits(programs) } : {},
  };
}

async function main(): Promise<void> {
  if (Deno.args.includes("--help")) return console.log(HELP);
  const options = parseOptions(Deno.args);
  const { from, json, svg } = options;
  const results: Results = from === undefined
    ? await measureAll(options)
    : JSON.parse(await Deno.readTextFile(from));
  if (json !== undefined) await Deno.writeTextFile(json, JSON.stringify(results, null, 2) + "\n");
  console.log(report(results));
  if (svg !== undefined) await Deno.writeTextFile(svg, picture(results));
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  Deno.exitCode = 1;
}
