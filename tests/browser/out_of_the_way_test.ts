import { assertEquals } from "@std/assert";
import { until } from "../support/until.ts";
import { startXvfb } from "../support/xvfb.ts";
import { startServer } from "../viewers/support/server.ts";
import { Typewriter } from "../viewers/support/typewriter.ts";
import { KeyLogger } from "../viewers/support/xev.ts";
import { Chromium } from "./support/chromium.ts";

const chromium = new Chromium();

Deno.test("the toolbar gives way where it lies over the desktop that is used", async () => {
  await using server = await startServer({});
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, {
    viewport: { width: 1024, height: 768 },
  });
  await page.reaches("connected");
  const settings = page.button("Settings");
  await settings.waitFor();
  await page.page.mouse.click(300, 300);
  await settings.waitFor({ state: "hidden" });
  // Only for now.
  await page.page.reload();
  await page.reaches("connected");
  await settings.waitFor();
  // Beside it, it may stay.
  await page.page.setViewportSize({ width: 400, height: 768 });
  await until(
    "there is room above the desktop",
    async () => (await page.canvas.boundingBox())!.y > 100 || undefined,
  );
  await page.page.mouse.click(200, 384);
  assertEquals(await settings.isVisible(), true);
});

Deno.test("who only watches isn't offered what would do nothing", async () => {
  await using desk = await startXvfb();
  await using logger = await KeyLogger.open(desk);
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  await page.button("Keys").click();
  await page.page.getByRole("menuitemcheckbox", { name: "Ctrl" }).click();
  await page.page.keyboard.press("Escape");
  const setViewOnly = (isOn: boolean) =>
    page.inPanel("Settings", (inner) => inner.getByLabel("View only").setChecked(isOn));
  await setViewOnly(true);
  // Nothing stays down.
  assertEquals(await logger.events(2), ["Press Control_L", "Release Control_L"]);
  for (const name of ["Keys", "Clipboard"]) {
    assertEquals(await page.button(name).isEnabled(), false, name);
  }
  await setViewOnly(false);
  for (const name of ["Keys", "Clipboard"]) {
    assertEquals(await page.button(name).isEnabled(), true, name);
  }
});

/** Ways out of a panel in which something has the focus. */
const WAYS_OUT = ["Escape", "its button", "the desktop"] as const;

for (const wayOut of WAYS_OUT) {
  Deno.test(`a panel that is left by ${wayOut} leaves the keyboard to the desktop`, async () => {
    await using desk = await startXvfb();
    await using typewriter = await Typewriter.open(desk);
    await using server = await startServer({ display: desk.display });
    await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
    await page.reaches("connected");
    const { keyboard, mouse } = page.page;
    const letters = ["a", "b"];
    for (const [index, panel] of ["Settings", "Clipboard"].entries()) {
      await page.button(panel).click();
      if (panel === "Settings") await page.page.getByLabel("View only").click({ clickCount: 2 });
      else await page.page.getByRole("textbox", { name: "Clipboard" }).click();
      if (wayOut === "Escape") await keyboard.press("Escape");
      else if (wayOut === "its button") await page.button(panel).click();
      else await mouse.click(10, 400);
      await keyboard.type(letters[index]!);
      if (wayOut === "the desktop") await page.button("Show toolbar").click();
    }
    await keyboard.type("\n");
    await typewriter.assertTyped("ab\n");
  });
}
