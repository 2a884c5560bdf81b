/** How long something may take before it counts as failed, in milliseconds, unless said otherwise. */
export const PATIENCE = 15_000;

/**
 * Asks again and again until there is an answer.
 * @param what Named in the error: "the window appears".
 * @param ask Gives the answer, or `undefined` when it isn't there yet.
 * @param patience After how many milliseconds there should have been an answer.
 * @throws {Error} When there was none by then.
 */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  patience = PATIENCE,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
