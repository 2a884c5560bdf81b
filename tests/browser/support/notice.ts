import { assertMatch } from "@std/assert";
import { until } from "../../support/until.ts";
import type { DesktopPage } from "./desktop_page.ts";

/**
 * Waits until that stands over the desktop of a page that tries to connect.
 * @param title What the notice has above it.
 */
export async function assertNotice(
  page: DesktopPage,
  pattern: RegExp,
  title = "Reconnecting…",
): Promise<void> {
  const notice = page.page.getByRole("region", { name: title });
  let found = "";
  await until("the notice says so", async () => {
    found = (await notice.innerText()).replaceAll("\n", " ");
    return pattern.test(found) || undefined;
  }).catch(() => assertMatch(found, pattern));
}
