import { assertMatch } from "@std/assert";
import { until } from "../../support/until.ts";
import type { DesktopPage } from "./desktop_page.ts";

/** Waits until that stands over the desktop of a page that reconnects. */
export async function assertNotice(page: DesktopPage, pattern: RegExp): Promise<void> {
  const notice = page.page.getByRole("region", { name: "Reconnecting…" });
  let found = "";
  await until("the notice says so", async () => {
    found = (await notice.innerText()).replaceAll("\n", " ");
    return pattern.test(found) || undefined;
  }).catch(() => assertMatch(found, pattern));
}
