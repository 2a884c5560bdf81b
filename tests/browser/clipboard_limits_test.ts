import { assertEquals } from "@std/assert";
import { startXvfb } from "../support/xvfb.ts";
import { until } from "../support/until.ts";
import { assertPastes, copy, paste } from "../viewers/support/clipboard.ts";
import { startServer } from "../viewers/support/server.ts";
import { Chromium } from "./support/chromium.ts";

const chromium = new Chromium();

Deno.test("a device that doesn't take the desktop's text yet doesn't send its older one", async () => {
  await using desk = await startXvfb();
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await page.reaches("connected");
  await page.page.evaluate("navigator.clipboard.writeText('older')");
  const comeBack = () => page.page.evaluate("dispatchEvent(new Event('focus'))");
  await comeBack();
  await assertPastes(desk, "older");

  await page.page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error())");
  await using _owner = await copy(desk, "newer");
  const field = page.page.getByRole("textbox", { name: "Clipboard", includeHidden: true });
  await until("it arrives", async () => await field.inputValue() === "newer" || undefined);
  await comeBack();
  // What is sent behind it is there, so that would be, too.
  await page.inPanel("Keys", (inner) => inner.getByRole("menuitem", { name: "Super" }).click());
  assertEquals(await paste(desk), "newer");
});

Deno.test("a text that is too long for the desktop is refused with a word", async () => {
  await using desk = await startXvfb();
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  await page.inPanel("Clipboard", async (inner) => {
    const field = inner.getByRole("textbox", { name: "Clipboard" });
    await field.fill("é".repeat((1 << 19) + 1));
    await inner.getByText("takes no more than 1 MB").waitFor();
    await field.fill("short");
  });
  await assertPastes(desk, "short");
});
