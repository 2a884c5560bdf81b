import { assert, assertEquals, assertMatch } from "@std/assert";
import { until } from "../support/until.ts";
import { startXvfb } from "../support/xvfb.ts";
import { startServer } from "../viewers/support/server.ts";
import { buildStage } from "../viewers/support/stage.ts";
import { Typewriter } from "../viewers/support/typewriter.ts";
import { Chromium } from "./support/chromium.ts";
import type { DesktopPage } from "./support/desktop_page.ts";

const chromium = new Chromium();

const LABELS = ["Frames/s", "Latency", "Bandwidth", "Encoding"] as const;

type Figures = Record<typeof LABELS[number], string>;
type Check = (found: Figures) => boolean;

async function figures(page: DesktopPage): Promise<Figures> {
  const panel = page.page.getByRole("region", { name: "Figures" });
  const found = await Promise.all(LABELS.map(async (label) => {
    assertEquals(await panel.getByRole("term").filter({ hasText: label }).count(), 1, label);
    const value = panel.locator("div", { hasText: label }).getByRole("definition");
    return [label, await value.textContent() ?? ""];
  }));
  return Object.fromEntries(found);
}

/** Waits until the figures say what they should. */
async function assertFigures(
  page: DesktopPage,
  isRight: Check,
): Promise<void> {
  let found: unknown;
  await until("the figures are right", async () => {
    const now = await figures(page);
    found = now;
    return isRight(now) || undefined;
  }).catch((error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(found)}`);
  });
}

Deno.test("the figures tell how the connection does", async () => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  const panel = page.page.getByRole("region", { name: "Figures" });
  assertEquals(await panel.isVisible(), false);
  await page.wantExact();
  await page.inPanel(
    "Settings",
    (inner) => inner.getByRole("checkbox", { name: "Figures" }).check(),
  );
  await panel.waitFor();

  const isBusy: Check = (found) => {
    assertMatch(found.Latency, /^(|–|\d+(\.\d)? ms)$/);
    assertMatch(found.Bandwidth, /^(|\d+(\.\d)? [kM]bit\/s)$/);
    const frames = Number(found["Frames/s"]);
    assert(frames >= 0 && frames <= 125, `${frames} frames per second`);
    return frames > 2 && found.Bandwidth !== "0 kbit/s" && found.Encoding === "Tight" &&
      found.Latency !== "–";
  };
  const change = async () => {
    for (let i = 0; i < 4; i++) await stage.scene.burst();
  };
  await Promise.all([change(), assertFigures(page, isBusy)]);
  // At rest nothing comes but the answers to its own questions.
  await assertFigures(
    page,
    (found) =>
      found["Frames/s"] === "0" && parseFloat(found.Bandwidth) <= 1 &&
      found.Bandwidth.endsWith(" kbit/s") && parseFloat(found.Latency) < 1000,
  );
  await page.page.reload();
  await panel.waitFor();
});

Deno.test("the toolbar folds away, and stays so", async () => {
  await using server = await startServer({});
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  const toolbar = page.page.getByRole("toolbar", { name: "vncd" });
  const settings = toolbar.getByRole("button", { name: "Settings" });
  await settings.waitFor();
  await page.button("Hide toolbar").click();
  await settings.waitFor({ state: "hidden" });
  await page.page.reload();
  await page.reaches("connected");
  assertEquals(await settings.isVisible(), false);
  await page.button("Show toolbar").click();
  await settings.waitFor();
});

Deno.test("using the toolbar with the mouse leaves the keyboard to the desktop", async () => {
  await using desk = await startXvfb();
  await using typewriter = await Typewriter.open(desk);
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  const { keyboard } = page.page;
  await page.button("Hide toolbar").click();
  await keyboard.type("a");
  await page.button("Show toolbar").click();
  await keyboard.type("b");
  await page.inPanel("Keys", () => keyboard.type("c"));
  await keyboard.type("d\n");
  await typewriter.assertTyped("abcd\n");
});

Deno.test("full screen and back", async () => {
  await using server = await startServer({});
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  for (const isFull of [true, false]) {
    await page.button("Full screen").click();
    await page.page.waitForFunction(`(document.fullscreenElement !== null) === ${isFull}`);
    await page.page.getByRole("button", { name: "Full screen", pressed: isFull }).waitFor();
    assertEquals(await page.canvas.isVisible(), true);
  }
});

Deno.test("in full screen the desktop gets the keys that browsers keep, where they lend them", async () => {
  await using server = await startServer({});
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  // A browser without a window has no keys to lend.
  await page.page.evaluate(`
    navigator.keyboard.lock = async (...keys) => {
      globalThis.locked = [keys, document.fullscreenElement !== null];
    };
  `);
  await page.button("Full screen").click();
  await page.page.getByText("All keys go to the desktop. Hold Esc to leave").waitFor();
  // All of them, and not before browsers would allow it.
  assertEquals(await page.page.evaluate("locked"), [[], true]);
});

Deno.test("the title is the desktop's name", async () => {
  await using server = await startServer({ args: ["--name", "Zoë's <desk>"] });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  assertEquals(await page.page.title(), "Zoë's <desk>");
});
