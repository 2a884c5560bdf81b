import { assertEquals, assertMatch } from "@std/assert";
import { startServer } from "../viewers/support/server.ts";
import { Chromium } from "./support/chromium.ts";
import type { DesktopPage } from "./support/desktop_page.ts";

const chromium = new Chromium();

async function assertSentAway(
  page: DesktopPage,
  why = /Another viewer asked to be alone with the desktop\./,
): Promise<void> {
  await page.reaches("disconnected");
  const notice = page.page.getByRole("region", { name: "Disconnected" });
  assertMatch(await notice.innerText(), why);
}

Deno.test("pages don't fight for a desktop that only one may have", async () => {
  // The demo desktop moves all the time, so that there is always something on its way.
  await using server = await startServer({ args: ["--shared", "never"] });
  const url = `http://127.0.0.1:${server.port}/`;
  await using first = await chromium.open(url);
  await first.reaches("connected");
  await using second = await chromium.open(url);
  await second.reaches("connected");
  await assertSentAway(first);
  // Until somebody wants to.
  await first.button("Connect").click();
  await first.reaches("connected");
  await assertSentAway(second);
  assertEquals(await second.states(), ["connecting", "connected", "disconnected"]);
});

Deno.test("a page that may only look, and has to stay out for another one, says so", async () => {
  await using server = await startServer({ args: ["--shared", "never", "--view-only"] });
  const url = `http://127.0.0.1:${server.port}/`;
  await using first = await chromium.open(url);
  await first.reaches("connected");
  // noVNC tells the console, too.
  await using second = await chromium.open(url, { expects: /another viewer is connected/ });
  await assertSentAway(second, /Another viewer is connected\./);
  await first.reaches("connected");
});
