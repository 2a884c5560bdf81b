import { assertEquals } from "@std/assert";
import { until } from "../support/until.ts";
import { startXvfb } from "../support/xvfb.ts";
import { assertPastes, copy, paste } from "../viewers/support/clipboard.ts";
import { startServer } from "../viewers/support/server.ts";
import { KeyLogger } from "../viewers/support/xev.ts";
import { Chromium } from "./support/chromium.ts";
import type { DesktopPage } from "./support/desktop_page.ts";

const chromium = new Chromium();

const FROM_DESKTOP = "from the desktop\n£ é € 漢 😀";
const FROM_BROWSER = "from the browser\nß ж 語 🎉";

/** A text on its way to one of the sides. */
async function assertBecomes(find: () => Promise<string>, text: string): Promise<void> {
  let found = "";
  await until("the text arrives", async () => {
    found = await find();
    return found === text || undefined;
  }).catch(() => assertEquals(found, text));
}

/** Makes text the device's clipboard as a person does, in another tab, and comes back. */
async function copyInOtherTab({ context, page }: DesktopPage, text: string): Promise<void> {
  const other = await context.newPage();
  await other.setContent("<textarea autofocus></textarea>");
  const field = other.locator("textarea");
  await field.fill(text);
  await field.press("Control+a");
  await field.press("Control+c");
  await other.close();
  await page.bringToFront();
  // A browser without a window believes that all its tabs have the focus, always.
  await page.evaluate("dispatchEvent(new Event('focus'))");
}

/** What the device's clipboard has, as a person sees it by pasting into a form. */
async function pastedInOtherTab({ context }: DesktopPage): Promise<string> {
  const other = await context.newPage();
  await other.setContent("<textarea autofocus></textarea>");
  await other.locator("textarea").press("Control+v");
  const text = await other.locator("textarea").inputValue();
  await other.close();
  return text;
}

async function connect(port: number, permissions: string[] = []): Promise<DesktopPage> {
  const page = await chromium.open(`http://127.0.0.1:${port}/`, { permissions });
  await page.reaches("connected");
  return page;
}

Deno.test("where the browser allows it, both clipboards are the same by themselves", async () => {
  await using desk = await startXvfb();
  await using server = await startServer({ display: desk.display });
  await using page = await connect(server.port, ["clipboard-read", "clipboard-write"]);
  {
    await using _owner = await copy(desk, FROM_DESKTOP);
    await assertBecomes(() => pastedInOtherTab(page), FROM_DESKTOP);
  }
  await copyInOtherTab(page, FROM_BROWSER);
  await assertPastes(desk, FROM_BROWSER);
});

Deno.test("where it doesn't, text goes through the panel", async () => {
  await using desk = await startXvfb();
  await using server = await startServer({ display: desk.display });
  await using page = await connect(server.port);
  await page.inPanel("Clipboard", async () => {
    const field = page.page.getByRole("textbox", { name: "Clipboard" });
    {
      await using _owner = await copy(desk, FROM_DESKTOP);
      await assertBecomes(() => field.inputValue(), FROM_DESKTOP);
    }
    await field.fill(FROM_BROWSER);
    await assertPastes(desk, FROM_BROWSER);
  });
});

Deno.test("Ctrl+V on the desktop pastes what the device has, without any permission", async () => {
  await using desk = await startXvfb();
  await using server = await startServer({ display: desk.display });
  await using page = await connect(server.port);
  await copyInOtherTab(page, FROM_BROWSER);
  await using logger = await KeyLogger.open(desk);
  const { keyboard } = page.page;
  await keyboard.down("Control");
  await keyboard.press("v");
  assertEquals(await logger.events(3), ["Press Control_L", "Press v", "Release v"]);
  // It was there before the key that pastes it.
  assertEquals(await paste(desk), FROM_BROWSER);
  await keyboard.up("Control");
  assertEquals((await logger.events(4)).at(-1), "Release Control_L");
});
