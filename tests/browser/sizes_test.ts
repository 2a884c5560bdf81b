import { assert, assertEquals } from "@std/assert";
import { startXvfb } from "../support/xvfb.ts";
import { until } from "../support/until.ts";
import { assertSees } from "../viewers/support/sees.ts";
import { startServer } from "../viewers/support/server.ts";
import { buildStage } from "../viewers/support/stage.ts";
import { ButtonLogger, clicks } from "../viewers/support/xev.ts";
import { Chromium } from "./support/chromium.ts";
import type { DesktopPage } from "./support/desktop_page.ts";

const chromium = new Chromium();

/** Chooses how the desktop fits into the window. */
async function chooseSize(page: DesktopPage, name: string): Promise<void> {
  await page.inPanel("Settings", async () => {
    await page.page.getByRole("radio", { name }).check({ force: true });
  });
}

/** The canvas as it stands in the window. */
async function canvasBox(page: DesktopPage) {
  return (await page.canvas.boundingBox())!;
}

/** Waits until the canvas is so large in the window. */
async function assertMeasures(page: DesktopPage, width: number, height: number): Promise<void> {
  let found: number[] = [];
  await until("the canvas has the size", async () => {
    const box = await canvasBox(page);
    found = [box.width, box.height].map(Math.round);
    return found[0] === width && found[1] === height || undefined;
  }).catch(() => assertEquals(found, [width, height]));
}

const WINDOWS = [
  // The same, half, a fraction with space below, one with space beside, and larger.
  [800, 600],
  [400, 300],
  [500, 700],
  [1100, 333],
  [1300, 1000],
] as const;

Deno.test("fitted to a window of any size, clicks hit the pixels that they are made on", async () => {
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using logger = await ButtonLogger.open(desk);
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  await chooseSize(page, "Fit to window");
  for (const [index, [width, height]] of WINDOWS.entries()) {
    await page.page.setViewportSize({ width, height });
    const scale = Math.min(width / 800, height / 600);
    await assertMeasures(page, Math.round(800 * scale), Math.round(600 * scale));
    const box = await canvasBox(page);
    assert(box.x >= 0 && box.y >= 0 && box.x + box.width <= width + 0.5);
    // The middle of a pixel, wherever it is in the window.
    const [x, y] = [300 + 10 * index, 220 + 10 * index];
    await page.page.mouse.click(box.x + (x + 0.5) * scale, box.y + (y + 0.5) * scale);
    const [press, release] = (await logger.events(2 * index + 2)).slice(-2);
    const place = press!.match(/^Press 1 at (\d+),(\d+)$/)!.slice(1).map(Number);
    assertEquals(release, `Release 1 at ${place}`);
    // Browsers tell in which whole pixel of theirs the pointer is.
    const most = Math.max(0, Math.ceil(1 / scale) - 1);
    assert(
      Math.abs(place[0]! - x) <= most && Math.abs(place[1]! - y) <= most,
      `${place} instead of ${x},${y} at ${width}x${height}`,
    );
  }
});

Deno.test("in its actual size, a desktop is scrolled in a smaller window", async () => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, {
    viewport: { width: 400, height: 300 },
  });
  await page.reaches("connected");
  await page.wantExact();
  await chooseSize(page, "Actual size");
  await assertMeasures(page, 800, 600);
  await assertSees(() => page.look(), () => stage.scene.picture());
  await using logger = await ButtonLogger.open(stage.desk);
  await page.canvas.evaluate((
    canvas: { parentElement: { scrollTo(x: number, y: number): void } },
  ) => canvas.parentElement.scrollTo(320, 210));
  await page.page.mouse.click(150, 100);
  assertEquals(await logger.events(2), clicks(150 + 320, 100 + 210, [1]));
});

Deno.test("the desktop takes the size of the window, and follows it", async () => {
  await using server = await startServer({});
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, {
    viewport: { width: 900, height: 700 },
  });
  await page.reaches("connected");
  await chooseSize(page, "Resize desktop");
  for (const [width, height] of [[900, 700], [1111, 650], [640, 801]] as const) {
    await page.page.setViewportSize({ width, height });
    await assertMeasures(page, width, height);
    const { width: wide, height: high } = await page.look();
    assertEquals([wide, high], [width, height]);
  }
});

Deno.test("how it fits is remembered", async () => {
  await using server = await startServer({});
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, {
    viewport: { width: 500, height: 400 },
  });
  await page.reaches("connected");
  await chooseSize(page, "Actual size");
  await assertMeasures(page, 1024, 768);
  await page.page.reload();
  await page.reaches("connected");
  await assertMeasures(page, 1024, 768);
});
