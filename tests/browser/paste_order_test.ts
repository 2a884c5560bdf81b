import { assertEquals } from "@std/assert";
import { ThrottledLink } from "../support/throttled_link.ts";
import { startXvfb } from "../support/xvfb.ts";
import { startServer } from "../viewers/support/server.ts";
import { KeyLogger } from "../viewers/support/xev.ts";
import { Chromium } from "./support/chromium.ts";

const chromium = new Chromium();

Deno.test("on a slow line, what is typed behind Ctrl+V arrives behind it", async () => {
  await using desk = await startXvfb();
  await using logger = await KeyLogger.open(desk);
  await using server = await startServer({ display: desk.display });
  using link = new ThrottledLink(server.port, { rate: 1000, delay: 0, buffer: 1 << 20 });
  await using page = await chromium.open(`http://127.0.0.1:${link.port}/`, {
    permissions: ["clipboard-write"],
  });
  await page.reaches("connected");
  await page.page.evaluate("navigator.clipboard.writeText('a text')");
  // It takes 200 ms until the server has asked for the text.
  link.traits.delay = 100;
  const { keyboard } = page.page;
  await keyboard.down("Control");
  await keyboard.press("v");
  await keyboard.up("Control");
  await keyboard.press("Enter");
  assertEquals(await logger.events(6), [
    ...["Press Control_L", "Press v", "Release v", "Release Control_L"],
    ...["Press Return", "Release Return"],
  ]);
});
