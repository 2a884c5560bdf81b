import type { Xvfb } from "../../support/xvfb.ts";
import { until } from "../../support/until.ts";

/**
 * Waits for a visible window.
 * @param criterion Options of `xdotool search`.
 * @returns Its id.
 */
export function findWindow(screen: Xvfb, criterion: readonly string[]): Promise<string> {
  return until(`a window on ${screen.display} with ${criterion.join(" ")}`, async () => {
    // xdotool fails while there is none.
    const ids = await screen.run("xdotool", ["search", "--onlyvisible", ...criterion])
      .catch(() => "");
    return ids.split("\n")[0] || undefined;
  });
}
