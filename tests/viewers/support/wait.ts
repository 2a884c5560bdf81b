/** How long anything in these tests may take before it counts as failed, in milliseconds. */
export const PATIENCE = 15_000;

/**
 * Asks again and again until there is an answer.
 * @param what Named in the error: "the window appears".
 * @param ask Gives the answer, or `undefined` when it isn't there yet.
 * @throws {Error} After {@linkcode PATIENCE}.
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
