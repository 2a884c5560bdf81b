/** Seconds of one clock tick: Linux always says 100 a second. */
const TICK = 1 / 100;

/** Seconds of CPU time that a process has used, all its threads together. */
export function cpuTime(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  // The program's name comes before, in parentheses; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** Megabytes of memory that a process has resident. */
export function memory(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(status.match(/^VmRSS:\s+(\d+) kB/m)?.[1]) / 1024;
}
