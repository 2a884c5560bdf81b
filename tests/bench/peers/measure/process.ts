/** CPU time that a process has used, all its threads together, those that have ended too. */
export interface CpuTime {
  /** Exactly, in milliseconds. */
  readonly total: number;
  /** In the kernel's ticks: how the total splits is only sampled. */
  readonly userTicks: number;
  readonly systemTicks: number;
}

/** CPU time used between two moments, in milliseconds. */
export interface CpuUse {
  readonly total: number;
  /** What its own code took of the total; the rest is the kernel's on its behalf. */
  readonly user: number;
}

/** Memory in megabytes. */
export interface Memory {
  readonly resident: number;
  /** The most that was resident since {@linkcode resetPeak}. */
  readonly peak: number;
}

const { symbols: libc } = Deno.dlopen("libc.so.6", {
  clock_getcpuclockid: { parameters: ["i32", "buffer"], result: "i32" },
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
});

/**
 * The CPU time of a process until now.
 * @throws {Error} When it has ended.
 */
export function cpuTime(pid: number): CpuTime {
  const clock = new Int32Array(1);
  const time = new BigInt64Array(2);
  if (libc.clock_getcpuclockid(pid, clock) !== 0 || libc.clock_gettime(clock[0]!, time) !== 0) {
    throw new Error(`no CPU clock of process ${pid}`);
  }
  const [seconds, nanoseconds] = [Number(time[0]), Number(time[1])];
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  // The program's name comes before, in parentheses; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    total: seconds * 1e3 + nanoseconds / 1e6,
    userTicks: Number(fields[11]),
    systemTicks: Number(fields[12]),
  };
}

/** What was used from one reading of the clock to the next. */
export function cpuUse(from: CpuTime, to: CpuTime): CpuUse {
  const total = to.total - from.total;
  const user = to.userTicks - from.userTicks;
  const system = to.systemTicks - from.systemTicks;
  return { total, user: user + system === 0 ? total : total * user / (user + system) };
}

/** The memory of a process. */
export function memory(pid: number): Memory {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const megabytes = (field: string) =>
    Number(status.match(new RegExp(`^${field}:\\s+(\\d+) kB`, "m"))?.[1]) / 1024;
  return { resident: megabytes("VmRSS"), peak: megabytes("VmHWM") };
}

/** Lets the peak of a process begin anew. */
export function resetPeak(pid: number): void {
  Deno.writeTextFileSync(`/proc/${pid}/clear_refs`, "5");
}
