import { messageOf } from "../../log.ts";
import type { Check, Finding } from "../doctor/check.ts";
import { CHECKS } from "../doctor/checks.ts";
import { EXIT_CODE } from "../failure.ts";
import type { Host } from "../host.ts";
import type { Options } from "../options.ts";

/** The widest verdict and name. */
const VERDICT_WIDTH = 8;
const NAME_WIDTH = 10;

/**
 * `vncd doctor`: looks for what stands in viewers' way, and says what to do about it.
 * @returns The exit code: that of a failure when something is a problem.
 */
export async function doctor(
  options: Options,
  host: Pick<Host, "environment" | "print">,
  checks: readonly Check[] = CHECKS,
): Promise<number> {
  const patient = { options, environment: host.environment, os: Deno.build.os };
  let exitCode: number = EXIT_CODE.success;
  for (const check of checks) {
    for (const finding of await lookSafely(check, patient)) {
      if (finding.verdict === "problem") exitCode = EXIT_CODE.failure;
      host.print(linesOf(check.name, finding).join("\n"));
    }
  }
  return exitCode;
}

/** A check that fails is a finding, too, and keeps none of the others from looking. */
async function lookSafely(
  check: Check,
  patient: Parameters<Check["look"]>[0],
): Promise<Finding[]> {
  try {
    return await check.look(patient);
  } catch (error) {
    return [{ verdict: "warn", says: `it can't be told: ${messageOf(error)}` }];
  }
}

function linesOf(name: string, { verdict, says, advice = [] }: Finding): string[] {
  const indent = " ".repeat(VERDICT_WIDTH + NAME_WIDTH);
  return [
    verdict.padEnd(VERDICT_WIDTH) + name.padEnd(NAME_WIDTH) + says,
    ...advice.map((line) => indent + line),
  ];
}
