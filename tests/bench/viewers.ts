// deno-lint-ignore-file no-console -- a program for the terminal
//
// What a further viewer costs: the server's CPU time per frame that reaches a viewer, with 1, 10 and 100
// of them. Linux only: it reads /proc, for which Deno wants all permissions.

import { cpuTime } from "./peers/measure/process.ts";
import { RawViewer } from "./support/raw_viewer.ts";

const CONTENTS = ["text", "video"];
const COUNTS = [1, 10, 100];
const WARM_UP = 1500;
const DURATION = 4000;

const sleep = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

function startServer(content: string): Deno.ChildProcess {
  const script = `${import.meta.dirname}/support/changing_server.ts`;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=test", script, content],
    cwd: `${import.meta.dirname}/../..`,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
}

async function portOf(server: Deno.ChildProcess): Promise<number> {
  for await (const text of server.stdout.pipeThrough(new TextDecoderStream())) return Number(text);
  throw new Error("the server did not start");
}

interface Figures {
  /** Milliseconds of the server's CPU time for each frame that a viewer got. */
  readonly cpu: number;
  /** Frames a second that each viewer got. */
  readonly rate: number;
  /** Megabytes a second for all viewers. */
  readonly throughput: number;
}

async function measure(content: string, count: number): Promise<Figures> {
  const server = startServer(content);
  try {
    const port = await portOf(server);
    const viewers: RawViewer[] = [];
    for (let n = 0; n < count; n++) viewers.push(await RawViewer.connect(port));
    const running = viewers.map((viewer) => viewer.run());
    await sleep(WARM_UP);
    const sum = (of: "updates" | "bytes") => viewers.reduce((all, viewer) => all + viewer[of], 0);
    const [cpu, updates, bytes, time] = [
      cpuTime(server.pid).total,
      sum("updates"),
      sum("bytes"),
      performance.now(),
    ];
    await sleep(DURATION);
    const seconds = (performance.now() - time) / 1000;
    const frames = sum("updates") - updates;
    const figures = {
      cpu: (cpuTime(server.pid).total - cpu) / frames,
      rate: frames / count / seconds,
      throughput: (sum("bytes") - bytes) / 1e6 / seconds,
    };
    for (const viewer of viewers) viewer.close();
    await Promise.all(running);
    return figures;
  } finally {
    await server.stdin.close();
    await server.status;
  }
}

console.log("content  viewers  CPU ms a frame  ratio  frames/s each  MB/s");
for (const content of CONTENTS) {
  let one: number | undefined;
  for (const count of COUNTS) {
    const { cpu, rate, throughput } = await measure(content, count);
    one ??= cpu;
    console.log(
      content.padEnd(9) + String(count).padStart(7) + cpu.toFixed(2).padStart(16) +
        (cpu / one).toFixed(3).padStart(7) + rate.toFixed(1).padStart(15) +
        throughput.toFixed(1).padStart(6),
    );
  }
}
