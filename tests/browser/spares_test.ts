import { assertEquals } from "@std/assert";
import { RunningVncd } from "../support/vncd.ts";
import { launchUsualChromium } from "./support/chromium.ts";

/** Milliseconds between two loads: Chromium has connections to spare by then, soon after and later. */
const PAUSES = [400, 1500, 400];

Deno.test("a browser with connections to spare can load the page again and again", async () => {
  const args = ["--desktop", "demo", "--port", "0", "--listen", "127.0.0.1", "--security", "none"];
  await using vncd = await RunningVncd.start(args);
  await using chromium = await launchUsualChromium();
  const page = await chromium.newPage();
  for (const pause of PAUSES) {
    const answer = await page.goto(`http://127.0.0.1:${vncd.port}/`);
    assertEquals(answer?.status(), 200);
    await page.waitForTimeout(pause);
  }
});
