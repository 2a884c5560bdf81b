// deno-lint-ignore-file no-console -- a program for the terminal
//
// What vncd costs on Windows, which tells nobody what changes on its screen: CPU with nobody connected and
// with a viewer of a still screen, and how long it takes until a viewer has what was drawn. By deno.exe under
// Wine, with what Wine's server does for it. Linux only: it reads /proc, for which Deno wants all permissions.

import { join } from "node:path";
import { bundle } from "../support/wine/inside.ts";
import { until } from "../support/until.ts";
import { DENO_EXE, startWindows, type Windows } from "../support/wine/windows.ts";
import { bringVncd, RunningOnWindows } from "../windows/vncd_exe.ts";
import { cpuTime } from "./peers/measure/process.ts";
import { quantile } from "./peers/measure/statistics.ts";
import { RawViewer } from "./support/raw_viewer.ts";

/** Milliseconds. */
const SETTLING = 4000;
const DURATION = 10_000;
/** From one change to the next: longer than vncd waits for more in the same place, or not. */
const PAUSES = { cold: 1700, hot: 130 };
const COUNT = 40;

const sleep = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

/** The processes of a Windows desktop whose command says this. */
function processes({ server }: Windows, part: string): number[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter((pid) => {
    try {
      return Deno.readTextFileSync(`/proc/${pid}/cmdline`).includes(part) &&
        Deno.readTextFileSync(`/proc/${pid}/environ`).includes(`DISPLAY=${server.display}\0`);
    } catch {
      // It isn't a process, or it has ended.
      return false;
    }
  });
}

/** Percents of one processor that vncd and Wine's server take while nothing happens. */
async function idleCpu(windows: Windows): Promise<string> {
  const groups = [processes(windows, "vncd.js"), processes(windows, "wineserver")];
  const used = () => groups.map((pids) => pids.reduce((sum, pid) => sum + cpuTime(pid).total, 0));
  await sleep(SETTLING);
  const [before, time] = [used(), performance.now()];
  await sleep(DURATION);
  const passed = performance.now() - time;
  return used().map((each, i) => (100 * (each - before[i]!) / passed).toFixed(2).padStart(8)).join(
    "",
  );
}

/** Milliseconds from asking the painter to a viewer's having it, each. */
async function latencies(
  painter: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>,
  viewer: RawViewer,
  pause: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < COUNT; n++) {
    // Not in step with vncd.
    await sleep(pause * (1 + n % 7 / 20));
    const { updates } = viewer;
    const began = performance.now();
    await painter.write(new TextEncoder().encode("\n"));
    while (viewer.updates === updates) await sleep(0);
    times.push(performance.now() - began);
  }
  return times;
}

await using windows = await startWindows();
await bringVncd(windows);
await bundle("tests/bench/support/painter.ts", join(windows.folder, "painter.js"));
const args = [DENO_EXE, "run", "-A", "--no-check", "--no-config", "Z:\\tmp\\painter.js"];
const painter = windows.spawn(args, { stdin: "piped" }).stdin.getWriter();
const { port } = await RunningOnWindows.start(windows, ["--security=none"]);

console.log("CPU, %               vncd  Wine's server");
console.log(`nobody there     ${await idleCpu(windows)}`);
const viewer = await RawViewer.connect(port);
viewer.run();
await until("the screen", () => viewer.updates > 0 || undefined);
console.log(`a still screen   ${await idleCpu(windows)}`);
console.log("Latency, ms        median    95 %     max");
for (const [name, pause] of Object.entries(PAUSES)) {
  const times = await latencies(painter, viewer, pause);
  const figures = [0.5, 0.95, 1].map((share) => quantile(times, share)!.toFixed(1).padStart(8));
  console.log(name.padEnd(17) + figures.join(""));
}
viewer.close();
