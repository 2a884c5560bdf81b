// deno-lint-ignore-file no-console -- a program for the terminal
//
// `deno task test [--strict] [SUITE…]`: runs every test, or those of some suites. What they need is
// installed where that may be done. Otherwise the suites that lack something are left out, each counted
// as one skipped; with --strict, as one failed.

import { parseArgs } from "@std/cli/parse-args";
import { install, mayInstall, type Prerequisite } from "./support/prerequisites.ts";
import { type Suite, SUITES } from "./support/suites.ts";
import { add, closingLine, judge, NOTHING, type Tally } from "./support/tally.ts";

/** A suite that takes longer hangs. */
const SUITE_MINUTES = 20;

const packagesOf = (
  prerequisites: readonly Prerequisite[],
): string[] => [...new Set(prerequisites.map((each) => each.package))];

const missingOf = (suites: readonly Suite[]): Prerequisite[] =>
  suites.flatMap(({ needs }) => needs).filter((need) => !need.isThere());

async function installMissing(suites: readonly Suite[]): Promise<void> {
  const packages = packagesOf(missingOf(suites));
  if (packages.length === 0 || !mayInstall()) return;
  console.log(`Installing what the tests need: ${packages.join(" ")}`);
  try {
    await install(packages);
  } catch (error) {
    console.error(String(error));
  }
}

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

function leftOut({ name }: Suite, missing: readonly Prerequisite[]): string {
  const names = missing.map((need) => need.name).join(", ");
  const packages = packagesOf(missing).join(" ");
  return `Suite ${name} is left out, for want of ${names} (on Debian: apt-get install ${packages})`;
}

async function runSuites(suites: readonly Suite[], strict: boolean): Promise<Tally> {
  await installMissing(suites);
  let tally = NOTHING;
  const notes: string[] = [];
  for (const suite of suites) {
    const missing = missingOf([suite]);
    if (missing.length > 0) notes.push(leftOut(suite, missing));
    const counts = missing.length === 0
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
