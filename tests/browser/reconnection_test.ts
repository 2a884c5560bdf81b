import { assertEquals, assertMatch } from "@std/assert";
import { assertSees } from "../viewers/support/sees.ts";
import { startServer } from "../viewers/support/server.ts";
import { buildStage } from "../viewers/support/stage.ts";
import { Chromium } from "./support/chromium.ts";
import { assertNotice } from "./support/notice.ts";

const chromium = new Chromium();

/** What browser and noVNC say on the console about a server that isn't there, or refuses. */
const ABSENCE = {
  expects:
    /WebSocket connection to '.*' failed|Failed when connecting: |Connection closed \(code: 1006/,
};

Deno.test("when the server is restarted, the page connects again with the same password", async () => {
  await using stage = await buildStage();
  const options = { display: stage.desk.display, password: "open up" };
  await using before = await startServer(options);
  await using page = await chromium.open(`http://127.0.0.1:${before.port}/`, ABSENCE);
  await page.reaches("login");
  await page.logIn(options);
  await page.reaches("connected");
  await page.wantExact();
  await assertSees(() => page.look(), () => stage.scene.picture());

  await before.stop();
  await page.reaches("reconnecting");
  await assertNotice(page, /Reconnecting….*Next try in \d+ s.*Reconnect now/);
  // The last picture is still there, only darker.
  const last = page.page.locator("#last-picture canvas");
  assertEquals(await last.evaluate((canvas: { width: number }) => canvas.width), 800);
  const filter = "getComputedStyle(document.getElementById('last-picture')).filter";
  assertMatch(await page.page.evaluate<string>(filter), /brightness\(0\.\d+\)/);

  await stage.scene.burst();
  await using _after = await startServer({ ...options, args: ["--port", `${before.port}`] });
  await page.reaches("connected");
  assertEquals(await page.states(), [
    "connecting",
    "login",
    "connecting",
    "connected",
    "reconnecting",
    "connected",
  ]);
  await assertSees(() => page.look(), () => stage.scene.picture());
  assertEquals(await last.count(), 0);
});

Deno.test("when the password has changed meanwhile, the page asks for it", async () => {
  await using before = await startServer({ password: "open up" });
  await using page = await chromium.open(`http://127.0.0.1:${before.port}/`, ABSENCE);
  await page.reaches("login");
  await page.logIn({ password: "open up" });
  await page.reaches("connected");
  await before.stop();
  await page.reaches("reconnecting");
  await using _after = await startServer({
    password: "open wide",
    args: ["--port", `${before.port}`],
  });
  await page.reaches("login");
  assertMatch(await page.page.getByRole("alert").textContent() ?? "", /^Wrong .*password\.$/);
  await page.logIn({ password: "open wide" });
  await page.reaches("connected");
});

Deno.test("who can't wait connects at once, and who disconnects stays so", async () => {
  await using before = await startServer({});
  await using page = await chromium.open(`http://127.0.0.1:${before.port}/`, ABSENCE);
  await page.reaches("connected");
  await page.page.clock.install();
  await before.stop();
  await assertNotice(page, /Next try in \d s/);
  // By itself it does nothing any more.
  await page.page.clock.pauseAt(Date.now() + 60_000);
  await assertNotice(page, /Next try in \d+ s/);
  await using _after = await startServer({ args: ["--port", `${before.port}`] });
  await page.button("Reconnect now").click();
  await page.reaches("connected");

  await page.button("Disconnect").click();
  await page.reaches("disconnected");
  await page.page.evaluate("dispatchEvent(new Event('online'))");
  assertEquals((await page.states()).at(-1), "disconnected");
  await page.button("Connect").click();
  await page.reaches("connected");
});

Deno.test("a full server's reason is shown, and it is tried again until there is room", async () => {
  await using server = await startServer({ args: ["--max-viewers", "1"] });
  const url = `http://127.0.0.1:${server.port}/`;
  const first = await chromium.open(url);
  await first.reaches("connected");
  await using second = await chromium.open(url, ABSENCE);
  await second.reaches("reconnecting");
  await assertNotice(second, /Too many viewers\..*Try now/, "Can’t connect yet");
  await first[Symbol.asyncDispose]();
  await second.reaches("connected");
});
