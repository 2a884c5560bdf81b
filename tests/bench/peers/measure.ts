import type { Xvfb } from "../../support/xvfb.ts";
import { Program } from "../../viewers/support/program.ts";
import { cpuTime, memory } from "./process.ts";
import type { Programs } from "./programs.ts";
import { type Peer, startPeer } from "./servers.ts";
import { quantile } from "./statistics.ts";

/** How pixels are asked for, in libvncclient's words. */
export interface Coding {
  readonly name: string;
  readonly encodings: string;
  /** 0 to 9; -1 asks for none: no JPEG. */
  readonly quality: number;
}

export const CODINGS: readonly Coding[] = [
  { name: "Raw", encodings: "copyrect raw", quality: -1 },
  { name: "Hextile", encodings: "copyrect hextile", quality: -1 },
  { name: "ZRLE", encodings: "copyrect zrle", quality: -1 },
  { name: "Tight", encodings: "copyrect tight", quality: -1 },
  { name: "Tight JPEG", encodings: "copyrect tight", quality: 8 },
];

export const COMPRESSION = 2;

/** What is drawn, how often. */
export interface Workload {
  readonly name: string;
  readonly scene: string;
  readonly rate: number;
  /** Keys a second that the viewer presses. */
  readonly keys?: number;
}

export const WORKLOADS: readonly Workload[] = [
  { name: "video 30", scene: "video", rate: 30 },
  { name: "video 60", scene: "video", rate: 60 },
  { name: "screen 60", scene: "screen", rate: 60 },
  { name: "text 60", scene: "text", rate: 60 },
  { name: "drag 60", scene: "drag", rate: 60 },
  { name: "refresh", scene: "refresh", rate: 2 },
  { name: "small", scene: "small", rate: 23 },
  { name: "typing", scene: "typing", rate: 0, keys: 11 },
  { name: "nothing", scene: "nothing", rate: 0 },
];

export interface Figures {
  /** Distinct frames a second that arrived. */
  readonly rate: number;
  /** Milliseconds from the drawing to the viewer's pixels. */
  readonly latency: number;
  readonly latency95: number;
  /** Milliseconds from a key's press to the drawing, and to the viewer's pixels. */
  readonly key: number;
  readonly echo: number;
  /** Milliseconds of the server's and of X's CPU time for a frame that arrived. */
  readonly cpu: number;
  readonly cpuX: number;
  /** Cores that the server uses. */
  readonly cores: number;
  /** kB for a frame that arrived. */
  readonly bytes: number;
  /** Updates that showed parts of two frames. */
  readonly torn: number;
  /** MB. */
  readonly memory: number;
}

const sleep = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

const WARM_UP = 1500;

/** The numbers in lines such as "seen 12 8312.271 9120". */
function lines(output: string, word: string): number[][] {
  return output.split("\n").filter((line) => line.startsWith(`${word} `)).map((line) =>
    line.split(" ").slice(1).map(Number)
  );
}

export async function measure(
  peer: Peer,
  programs: Programs,
  xvfb: Xvfb,
  coding: Coding,
  workload: Workload,
  duration: number,
): Promise<Figures> {
  const env = { DISPLAY: xvfb.display };
  await using scene = new Program(programs.scene, {
    args: [workload.scene, `${workload.rate}`],
    env,
  });
  await scene.expect(/^ready$/m);
  await using server = await startPeer(peer, xvfb.display);
  await using watch = new Program(programs.watch, {
    args: [
      `${server.port}`,
      coding.encodings,
      `${COMPRESSION}`,
      `${coding.quality}`,
      workload.scene,
      ...workload.keys === undefined ? [] : [`${workload.keys}`],
    ],
  });
  await watch.expect(/^ready$/m);
  await sleep(WARM_UP);
  const bytesNow = async () => {
    const start = watch.output.length;
    await watch.write("\n");
    return Number((await watch.expect(/^bytes (\d+)$/m, start))[1]);
  };
  const start = {
    seen: watch.output.length,
    bytes: await bytesNow(),
    time: performance.now(),
    cpu: cpuTime(server.pid),
    cpuX: cpuTime(xvfb.pid),
  };
  await sleep(duration);
  const seconds = (performance.now() - start.time) / 1000;
  const cpu = cpuTime(server.pid) - start.cpu;
  const cpuX = cpuTime(xvfb.pid) - start.cpuX;
  const said = watch.output.slice(start.seen);
  const bytes = await bytesNow() - start.bytes;
  const drawn = new Map(lines(scene.output, "drawn").map(([number, time]) => [number!, time!]));
  const seen = lines(said, "seen");
  const latencies = seen.map(([number, time]) => time! - drawn.get(number!)!);
  const keys = lines(watch.output, "key").map(([time]) => time!);
  const all = lines(scene.output, "drawn");
  const key = all.map(([, time], i) => time! - keys[i]!);
  const echo = lines(watch.output, "seen").flatMap(([number, time]) =>
    keys[number! - 1] ? [time! - keys[number! - 1]!] : []
  );
  const frames = seen.length;
  return {
    rate: frames / seconds,
    latency: quantile(latencies, 0.5),
    latency95: quantile(latencies, 0.95),
    key: quantile(key, 0.5),
    echo: quantile(echo, 0.5),
    cpu: cpu * 1000 / frames,
    cpuX: cpuX * 1000 / frames,
    cores: cpu / seconds,
    bytes: bytes / 1000 / frames,
    torn: said.split("torn").length - 1,
    memory: memory(server.pid),
  };
}
