import { cpuUsage } from "node:process";
import { join } from "node:path";
import { constants, deflateRawSync } from "node:zlib";
import { startXvfb } from "../../../support/xvfb.ts";
import { tempDir } from "../../../viewers/support/temp_dir.ts";
import type { Programs } from "../programs/compile.ts";
import type { Limits } from "../report/results.ts";
import { median } from "./statistics.ts";

/** What level 8 stands for in all servers measured. */
const JPEG_QUALITY = 92;
const RUNS = 11;

/** Milliseconds of CPU time to compress bytes, the median of some runs. */
function deflateTime(bytes: Uint8Array): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = cpuUsage();
    deflateRawSync(bytes, { strategy: constants.Z_HUFFMAN_ONLY });
    const { user, system } = cpuUsage(start);
    return (user + system) / 1000;
  });
  return median(times)!;
}

/**
 * Measures what the machine can do at most.
 * @throws {Error} With what the program said that couldn't.
 */
export async function measureLimits(programs: Programs): Promise<Limits> {
  await using folder = await tempDir();
  const pixels = join(folder.path, "pixels");
  await using xvfb = await startXvfb({ width: 1920, height: 1080 });
  const said = await xvfb.run(programs.limits, [`${JPEG_QUALITY}`, pixels]);
  const number = (pattern: RegExp) => Number(said.match(pattern)?.[1]);
  return {
    copy: number(/^copy (\S+)/m),
    capture: number(/^capture (\S+)/m),
    jpeg444: number(/^jpeg444 (\S+)/m),
    jpeg420: number(/^jpeg420 (\S+)/m),
    deflate: deflateTime(await Deno.readFile(pixels)),
    send: number(/^send (\S+)/m),
    bandwidth: number(/^send \S+ (\S+)/m),
  };
}
