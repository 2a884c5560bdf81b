/**
 * Makes the README's pictures of the page: browser.png, browser-login.png and browser-phone.png.
 *
 *     deno run -P=test tests/browser/screenshots.ts FOLDER
 */
import type { Browser } from "playwright-core";
import { join } from "node:path";
import { until } from "../support/until.ts";
import { startXvfb } from "../support/xvfb.ts";
import { furnish } from "../viewers/support/furniture.ts";
import { crop } from "../viewers/support/picture.ts";
import { restingScreenshot } from "../viewers/support/screenshot.ts";
import { assertSees } from "../viewers/support/sees.ts";
import { type Server, startServer } from "../viewers/support/server.ts";
import { launchChromium } from "./support/chromium.ts";
import { DesktopPage, type PageOptions } from "./support/desktop_page.ts";
import { PHONE } from "./support/phone.ts";

const PASSWORD = "a fine password";
/** As large as the desktop, so that each of its pixels is one of the picture. */
const WINDOW = { viewport: { width: 960, height: 640 } };

/** As high as the desktop. */
const TOUCHED = { ...PHONE, viewport: { width: 360, height: 640 }, deviceScaleFactor: 2 };

const [folder] = Deno.args;
if (folder === undefined) throw new Error("name the folder to write to");

function open(browser: Browser, { port }: Server, options: PageOptions): Promise<DesktopPage> {
  return DesktopPage.open(browser, `https://127.0.0.1:${port}/`, options);
}

async function logIn(page: DesktopPage): Promise<void> {
  await page.reaches("login");
  await page.logIn({ password: PASSWORD });
  await page.reaches("connected");
}

async function save({ page }: DesktopPage, name: string): Promise<void> {
  await page.screenshot({ path: join(folder!, `${name}.png`), animations: "disabled" });
}

/** Moves the pointer about, which eyes on the desktop follow, until the figures tell of it. */
async function lookAround({ page }: DesktopPage): Promise<void> {
  const figures = page.getByRole("region", { name: "Figures" });
  await until("frames are counted", async () => {
    await page.mouse.move(200, 480);
    await page.mouse.move(520, 480, { steps: 12 });
    return /Frames\/s\s+\d{2}/.test(await figures.innerText()) || undefined;
  });
}

await using desk = await startXvfb({ width: 960, height: 640 });
await furnish(desk);
await using server = await startServer({
  display: desk.display,
  password: PASSWORD,
  args: ["--name", "workstation"],
});
await using browser = await launchChromium();
{
  await using page = await open(browser, server, { ...WINDOW, colorScheme: "dark" });
  await page.reaches("login");
  await save(page, "browser-login");
  await logIn(page);
  await assertSees(() => page.look(), () => restingScreenshot(desk));
  await page.inPanel(
    "Settings",
    (inner) => inner.getByRole("checkbox", { name: "Figures" }).check(),
  );
  await lookAround(page);
  await save(page, "browser");
}
{
  await using page = await open(browser, server, TOUCHED);
  await logIn(page);
  const actual = page.page.getByRole("radio", { name: "Actual size" });
  await page.inPanel("Settings", () => actual.check({ force: true }));
  const { width, height } = TOUCHED.viewport;
  const shown = async () => crop(await restingScreenshot(desk), 0, 0, width, height);
  await assertSees(() => page.look(), shown);
  // A finger would leave its mark on the button for a while.
  await page.button("Keys").click();
  await page.page.mouse.move(width - 1, height - 1);
  await save(page, "browser-phone");
}
