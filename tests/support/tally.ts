/** How tests ended. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** Counts the tests and their steps in a JUnit report of `deno test`. */
export function tallyOf(junit: string): Tally {
  let tally = NOTHING;
  for (const [, attributes] of junit.matchAll(/<testsuite (.*?)>/g)) {
    const number = (name: string) =>
      Number(attributes!.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
    const failed = number("failures") + number("errors");
    const skipped = number("disabled");
    tally = add(tally, { passed: number("tests") - failed - skipped, failed, skipped });
  }
  return tally;
}

/**
 * What one run of `deno test` counts for: a run that failed without a failed test (it could not be
 * loaded, say) and one without any test are a failure, too.
 */
export function judge(junit: string, success: boolean): Tally {
  const tally = tallyOf(junit);
  const ran = tally.passed + tally.failed > 0;
  return (success && ran) || tally.failed > 0 ? tally : add(tally, { ...NOTHING, failed: 1 });
}

/** The last line of a run. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
