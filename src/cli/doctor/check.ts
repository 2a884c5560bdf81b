import type { Host } from "../host.ts";
import type { Options } from "../options.ts";

/** How much stands in viewers' way. */
export type Verdict = "ok" | "warn" | "problem";

/** What a check has found. */
export interface Finding {
  readonly verdict: Verdict;
  /** What is so, in one line. */
  readonly says: string;
  /** What to do about it, a line each: a command stands on a line of its own. */
  readonly advice?: readonly string[];
}

/** What checks look at. */
export interface Patient {
  readonly options: Options;
  readonly environment: Host["environment"];
  readonly os: typeof Deno.build.os;
}

/** One thing that may stand in viewers' way. */
export interface Check {
  readonly name: string;
  /** @returns Nothing where there is nothing to be said, as on another system. */
  look(patient: Patient): Finding[] | Promise<Finding[]>;
}
