import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { until } from "../support/until.ts";
import { startXvfb } from "../support/xvfb.ts";
import { startServer } from "../viewers/support/server.ts";
import { Typewriter } from "../viewers/support/typewriter.ts";
import { usableThings } from "./support/accessibility_tree.ts";
import { Chromium } from "./support/chromium.ts";
import { faintTexts } from "./support/contrast.ts";
import type { DesktopPage } from "./support/desktop_page.ts";

const chromium = new Chromium();

/** Fails unless what is to be seen now can be read, and what can be used has a name. */
async function assertAccessible({ page }: DesktopPage): Promise<void> {
  assertEquals(await faintTexts(page), []);
  const things = await usableThings(page);
  assert(things.length > 0);
  assertEquals(things.filter(({ name }) => name === ""), []);
  const buttons = things.filter(({ role }) => role === "button").map(({ name }) => name);
  assertEquals(buttons.length, new Set(buttons).size, `two of ${buttons}`);
  assertEquals(await page.locator("html").getAttribute("lang"), "en");
  assertNotEquals(await page.title(), "");
  const twice = await page.evaluate<string[]>(
    "[...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, i, all) => all.indexOf(id) < i)",
  );
  assertEquals(twice, []);
}

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(`everything has a name and can be read, in ${colorScheme} colours`, async () => {
    await using server = await startServer({ password: "open up", args: ["--name", "desk"] });
    await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, {
      colorScheme,
      expects: /Failed when connecting|WebSocket connection to/,
    });
    const background = await page.page.evaluate<string>(
      "getComputedStyle(document.body).backgroundColor",
    );
    const isDark = Number(background.match(/\d+/)![0]) < 128;
    assertEquals(isDark, colorScheme === "dark", background);
    await page.reaches("login");
    await assertAccessible(page);
    await page.logIn({ password: "open down" });
    await until(
      "a refusal",
      async () => await page.page.getByRole("alert").textContent() !== "" || undefined,
    );
    await assertAccessible(page);
    await page.logIn({ password: "open up" });
    await page.reaches("connected");
    await page.inPanel("Settings", async (inner) => {
      await inner.getByRole("checkbox", { name: "Figures" }).check();
      await inner.getByText("Help", { exact: true }).click();
      await assertAccessible(page);
    });
    for (const panel of ["Keys", "Clipboard"]) {
      await page.inPanel(panel, () => assertAccessible(page));
    }
    await server.stop();
    await page.reaches("reconnecting");
    await assertAccessible(page);
    await page.button("Disconnect").click();
    await page.reaches("disconnected");
    await assertAccessible(page);
  });
}

/** What has the focus: its accessible name. */
function focused({ page }: DesktopPage): Promise<string> {
  return page.evaluate(`
    document.activeElement.ariaLabel ?? document.activeElement.labels?.[0]?.innerText ??
      document.activeElement.innerText
  `);
}

Deno.test("all of it works by keyboard alone", async () => {
  await using desk = await startXvfb();
  await using typewriter = await Typewriter.open(desk);
  await using server = await startServer({ display: desk.display, password: "open up" });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  const { keyboard } = page.page;
  const focus = async (name: string) => {
    let found = "";
    await until("the focus moves", async () => {
      found = (await focused(page)).trim();
      return found === name || undefined;
    }).catch(() => assertEquals(found, name));
  };
  await page.reaches("login");
  await focus("Password");
  await keyboard.type("open up");
  await keyboard.press("Enter");
  await page.reaches("connected");
  await focus("Desktop");
  await keyboard.type("a");

  // The one shortcut that the page keeps for itself.
  const toToolbar = "Control+Alt+Shift+M";
  await keyboard.press(toToolbar);
  const first = await focused(page);
  assertNotEquals(first, "Desktop");
  const passed = [first];
  do {
    await keyboard.press("ArrowRight");
    passed.push(await focused(page));
  } while (passed.at(-1) !== first);
  for (const name of ["Keys", "Clipboard", "Full screen", "Settings", "Disconnect"]) {
    assert(passed.includes(name), `${name} is in ${passed}`);
  }
  const goTo = async (name: string) => {
    while (await focused(page) !== name) await keyboard.press("ArrowRight");
  };

  await goTo("Keys");
  await keyboard.press("Enter");
  await focus("Ctrl+Alt+Del");
  await keyboard.press("ArrowDown");
  await focus("Super");
  await keyboard.press("Escape");
  await focus("Keys");

  await goTo("Settings");
  await keyboard.press("Enter");
  const radio = page.page.getByRole("radio", { name: "Actual size" });
  while (!await radio.isChecked()) {
    await keyboard.press(await focused(page) === "Fit to window" ? "ArrowRight" : "Tab");
  }
  await keyboard.press("Tab");
  await focus("Quality");
  await keyboard.press("End");
  await keyboard.press("Tab");
  await focus("View only");
  await keyboard.press("Escape");
  await focus("Settings");
  await keyboard.press("Escape");
  await focus("Desktop");
  await keyboard.type("b\n");
  // Neither the shortcut nor what came after it went to the desktop.
  await typewriter.assertTyped("ab\n");
});
