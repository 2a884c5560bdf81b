import { assertSees } from "../viewers/support/sees.ts";
import { startServer } from "../viewers/support/server.ts";
import { buildStage, type Stage } from "../viewers/support/stage.ts";
import { Chromium } from "./support/chromium.ts";
import type { DesktopPage } from "./support/desktop_page.ts";

const chromium = new Chromium();

/** Fails unless the page comes to show the screen's pixels, at once and after all kinds of change. */
async function assertShows(page: DesktopPage, { scene }: Stage): Promise<void> {
  await assertSees(() => page.look(), () => scene.picture());
  await scene.burst();
  await assertSees(() => page.look(), () => scene.picture());
}

for (const origin of ["http://localhost", "http://127.0.0.1", "https://127.0.0.1"]) {
  Deno.test(`the page of ${origin} shows the screen pixel for pixel`, async () => {
    await using stage = await buildStage();
    await using server = await startServer({ display: stage.desk.display, password: "open up" });
    await using page = await chromium.open(`${origin}:${server.port}/`);
    await page.reaches("login");
    await page.logIn({ password: "open up" });
    await page.reaches("connected");
    await page.wantExact();
    await assertShows(page, stage);
  });
}

Deno.test("with JPEG, the picture becomes exact once it rests", async () => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`);
  await page.reaches("connected");
  await assertShows(page, stage);
});
