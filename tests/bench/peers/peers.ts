// deno-lint-ignore-file no-console -- a program for the terminal
import { parseArgs } from "node:util";
import { startXvfb } from "../../support/xvfb.ts";
import { CODINGS, measure, WORKLOADS } from "./measure.ts";
import { compilePrograms } from "./programs.ts";
import { PEERS } from "./servers.ts";

const { values } = parseArgs({
  options: {
    peers: { type: "string" },
    codings: { type: "string" },
    workloads: { type: "string" },
    seconds: { type: "string", default: "4" },
  },
});
const pick = <T extends { name: string }>(list: readonly T[], names: string | undefined) =>
  names === undefined ? list : list.filter(({ name }) => names.split(",").includes(name));

const folder = await Deno.makeTempDir();
const programs = await compilePrograms(folder);
console.log(
  "workload   coding     server    fps   lat   p95   key  echo  cpu/f  X/f cores   kB/f  torn  MB",
);
for (const workload of pick(WORKLOADS, values.workloads)) {
  for (const coding of pick(CODINGS, values.codings)) {
    for (const peer of pick(PEERS, values.peers)) {
      await using xvfb = await startXvfb({ width: 1920, height: 1080 });
      try {
        const f = await measure(
          peer,
          programs,
          xvfb,
          coding,
          workload,
          Number(values.seconds) * 1000,
        );
        const cols: [number, number, number][] = [
          [f.rate, 1, 6],
          [f.latency, 1, 6],
          [f.latency95, 1, 6],
          [f.key, 1, 5],
          [f.echo, 1, 6],
          [f.cpu, 1, 7],
          [f.cpuX, 1, 5],
          [f.cores, 2, 5],
          [f.bytes, 0, 7],
          [f.torn, 0, 5],
          [f.memory, 0, 4],
        ];
        console.log(
          workload.name.padEnd(10),
          coding.name.padEnd(10),
          peer.name.padEnd(8),
          cols.map(([v, d, w]) => v.toFixed(d).padStart(w)).join(""),
        );
      } catch (error) {
        console.log(workload.name, coding.name, peer.name, `${error}`);
      }
    }
  }
}
await Deno.remove(folder, { recursive: true });
