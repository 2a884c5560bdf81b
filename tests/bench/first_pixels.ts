// deno-lint-ignore-file no-console -- a program for the terminal
/**
 * How long it takes a browser from going to vncd's page to the desktop's first pixels, over loopback;
 * `COUNT` times, each in a browser that knows nothing of the page yet.
 *
 *     deno run -A tests/bench/first_pixels.ts [COUNT]
 */
import type { Browser } from "playwright-core";
import { launchChromium } from "../browser/support/chromium.ts";
import { startXvfb } from "../support/xvfb.ts";
import { furnish } from "../viewers/support/furniture.ts";
import { startServer } from "../viewers/support/server.ts";
import { median } from "./peers/measure/statistics.ts";

const COUNT = 15;

// Runs in the browser: noVNC draws on the canvas with this; then the browser shows it.
const NOTE_FIRST_PIXELS = `
  globalThis.firstPixels = new Promise((resolve) => {
    const { drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.drawImage = function (...args) {
      drawImage.apply(this, args);
      if (!this.canvas.isConnected) return;
      CanvasRenderingContext2D.prototype.drawImage = drawImage;
      requestAnimationFrame(() => resolve(performance.now()));
    };
  });
`;

/** @returns Milliseconds since the navigation began. */
async function firstPixels(browser: Browser, url: string): Promise<number> {
  await using context = await browser.newContext({ ignoreHTTPSErrors: true });
  await context.addInitScript(NOTE_FIRST_PIXELS);
  const page = await context.newPage();
  await page.goto(url);
  return await page.evaluate<number>("firstPixels");
}

const count = Number(Deno.args[0] ?? COUNT);
await using desk = await startXvfb({ width: 1920, height: 1080 });
await furnish(desk);
await using server = await startServer({ display: desk.display });
await using browser = await launchChromium();
for (const scheme of ["http", "https"]) {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    times.push(await firstPixels(browser, `${scheme}://127.0.0.1:${server.port}/`));
  }
  const [least, most] = [Math.min(...times), Math.max(...times)];
  console.log(
    `${scheme}: ${median(times)!.toFixed(0)} ms (${least.toFixed(0)} to ${most.toFixed(0)}, ` +
      `${count} times)`,
  );
}
