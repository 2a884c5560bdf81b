// deno-lint-ignore-file no-console -- a program for the terminal
//
// `deno task test [--strict] [SUITE…]`: runs every test, or those of some suites. What they need is
// installed where that may be done. Otherwise the suites that lack something are left out, each counted
// as one skipped; with --strict, as one failed.

import { parseArgs } from "@std/cli/parse-args";
import { describe, missing, type Prerequisite, provide } from "./support/prerequisites.ts";
import { type Suite, SUITES } from "./support/suites.ts";
import { add, closingLine, judge, NOTHING, type Tally } from "./support/tally.ts";

/** A suite that takes longer hangs. */
const SUITE_MINUTES = 20;

const needsOf = (suites: readonly Suite[]): Prerequisite[] => suites.flatMap(({ needs }) => needs);

async function runSuite({ name, args }: Suite): Promise<Tally> {
  console.log(`\nSuite ${name}`);
  const report = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["test", `--junit-path=${report}`, ...args],
      stdin: "null",
      stdout: "inherit",
      stderr: "inherit",
      signal: AbortSignal.timeout(SUITE_MINUTES * 60_000),
    }).output();
    return judge(await Deno.readTextFile(report), success);
  } finally {
    await Deno.remove(report);
  }
}

async function runSuites(suites: readonly Suite[], strict: boolean): Promise<Tally> {
  await provide(needsOf(suites), "what the tests need");
  let tally = NOTHING;
  const notes: string[] = [];
  for (const suite of suites) {
    const lacking = missing(suite.needs);
    if (lacking.length > 0) {
      notes.push(`Suite ${suite.name} is left out, for want of ${describe(lacking)}`);
    }
    const counts = lacking.length === 0
      ? await runSuite(suite)
      : { ...NOTHING, [strict ? "failed" : "skipped"]: 1 };
    tally = add(tally, counts);
  }
  if (notes.length > 0) console.log(`\n${notes.join("\n")}`);
  return tally;
}

const { strict, _: names } = parseArgs(Deno.args, {
  boolean: ["strict"],
  string: ["_"],
  unknown: (argument) => {
    if (SUITES.some(({ name }) => name === argument)) return true;
    console.error(
      `unknown argument ${argument}; there are --strict and the suites ` +
        SUITES.map(({ name }) => name).join(", "),
    );
    Deno.exit(2);
  },
});
const chosen = SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
const tally = await runSuites(chosen, strict === true);
console.log(`\n${closingLine(tally)}`);
Deno.exit(tally.failed === 0 ? 0 : 1);
