import { assertEquals } from "@std/assert";
import { until } from "../support/until.ts";
import { startServer } from "../viewers/support/server.ts";
import { Chromium } from "./support/chromium.ts";
import { Line } from "./support/line.ts";
import { assertNotice } from "./support/notice.ts";

const chromium = new Chromium();

/** What browser and noVNC say on the console about a server that isn't there. */
const ABSENCE = { expects: /WebSocket|Failed when connecting: |Connection closed/ };

Deno.test("a line that was cut, of which nobody tells, is given up after 20 seconds", async () => {
  await using server = await startServer({});
  using line = new Line(server.port);
  await using page = await chromium.open(`http://127.0.0.1:${line.port}/`, ABSENCE);
  const { clock } = page.page;
  await clock.install();
  await page.page.reload();
  await page.reaches("connected");
  // Only of a server that has answered before is silence known to mean something.
  const latency = page.page.locator("#figure-latency");
  await until("there was an answer", async () => {
    return / ms$/.test(await latency.textContent() ?? "") || undefined;
  });
  line.cut();
  await clock.runFor(18_000);
  assertEquals((await page.states()).at(-1), "connected");
  await clock.runFor(5000);
  await page.reaches("reconnecting");
  await assertNotice(page, /The connection was lost\./);
});

Deno.test("a connection that isn't there after 15 seconds is tried anew", async () => {
  await using server = await startServer({});
  using line = new Line(server.port);
  await using page = await chromium.open(`http://127.0.0.1:${line.port}/`, ABSENCE);
  await page.reaches("connected");
  await page.page.clock.install();
  await page.button("Disconnect").click();
  await page.reaches("disconnected");
  line.cut();
  await page.button("Connect").click();
  await page.page.clock.runFor(14_000);
  assertEquals((await page.states()).at(-1), "connecting");
  await page.page.clock.runFor(2000);
  await page.reaches("reconnecting");
  await assertNotice(page, /The server can’t be reached\./, "Can’t connect yet");
});
