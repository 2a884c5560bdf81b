import { assert, assertEquals } from "@std/assert";
import { startXvfb } from "../support/xvfb.ts";
import { assertSees } from "../viewers/support/sees.ts";
import { crop } from "../viewers/support/picture.ts";
import { startServer } from "../viewers/support/server.ts";
import { buildStage } from "../viewers/support/stage.ts";
import { ButtonLogger, clicks } from "../viewers/support/xev.ts";
import { Chromium } from "./support/chromium.ts";
import type { DesktopPage } from "./support/desktop_page.ts";
import { Fingers, PHONE, type Place } from "./support/phone.ts";

const chromium = new Chromium();
const [WIDTH, HEIGHT] = [360, 740];

/** The least side of what a finger is to hit, in pixels of CSS. */
const FINGER = 36;

/** Fails unless everything that can be touched is in the picture, and large enough. */
async function assertReachable({ page }: DesktopPage): Promise<void> {
  const overflow = "document.documentElement.scrollWidth - innerWidth";
  assertEquals(await page.evaluate(overflow), 0);
  for (const control of await page.locator("button:visible, input:visible, a:visible").all()) {
    // Beneath a dialog it needn't be.
    if (!await control.isEnabled()) continue;
    await control.scrollIntoViewIfNeeded();
    const name = await control.getAttribute("aria-label") ?? await control.innerText();
    const box = (await control.boundingBox())!;
    const where = `${name}: ${JSON.stringify(box)}`;
    assert(box.x >= 0 && box.x + box.width <= WIDTH, where);
    assert(box.y >= 0 && box.y + box.height <= HEIGHT, where);
  }
  for (const button of await page.locator("button:visible").all()) {
    const { width, height } = (await button.boundingBox())!;
    const name = await button.getAttribute("aria-label") ?? await button.innerText();
    assert(Math.min(width, height) >= FINGER, `${name}: ${width}x${height}`);
  }
}

Deno.test("on a phone's screen everything is there and in reach", async () => {
  await using server = await startServer({ password: "open up" });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, PHONE);
  await page.reaches("login");
  await assertReachable(page);
  await page.logIn({ password: "open up" });
  await page.reaches("connected");
  await assertReachable(page);
  for (const panel of ["Settings", "Clipboard", "Keys"]) {
    await page.button(panel).tap();
    await assertReachable(page);
    await page.button(panel).tap();
  }
  await page.button("Disconnect").tap();
  await page.reaches("disconnected");
  await assertReachable(page);
});

/** How large a pixel of the desktop, 800 wide, is on the page. */
async function scaleOf(page: DesktopPage): Promise<number> {
  return (await page.canvas.boundingBox())!.width / 800;
}

/** Where a pixel of the desktop is on the page. */
async function placeOf(page: DesktopPage, x: number, y: number): Promise<Place> {
  const box = (await page.canvas.boundingBox())!;
  const scale = await scaleOf(page);
  return { x: box.x + (x + 0.5) * scale, y: box.y + (y + 0.5) * scale };
}

const beside = ({ x, y }: Place, dx: number, dy = 0): Place => ({ x: x + dx, y: y + dy });

Deno.test("fingers click, click right, scroll and drag", async (t) => {
  await using desk = await startXvfb({ width: 800, height: 600 });
  await using logger = await ButtonLogger.open(desk);
  await using server = await startServer({ display: desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, PHONE);
  await page.reaches("connected");
  const fingers = await Fingers.on(page.page);
  const place = await placeOf(page, 400, 300);
  let seen = 0;
  const next = async (count: number) => (await logger.events(seen += count)).slice(-count);
  /** The places of events, of which each is to be as near as a finger on this screen can be. */
  const withoutPlaces = (events: string[], x = 400, y = 300) =>
    events.map((event) => {
      const [, what, at] = event.match(/^(.*) at (.*)$/)!;
      const [foundX, foundY] = at!.split(",").map(Number);
      assert(Math.hypot(foundX! - x, foundY! - y) < 8, `${event} instead of ${x},${y}`);
      return what;
    });
  const click = (button: number) => [`Press ${button}`, `Release ${button}`];

  await t.step("tap", async () => {
    await fingers.move([place]);
    assertEquals(withoutPlaces(await next(2)), click(1));
  });
  await t.step("tap with two", async () => {
    await fingers.move([beside(place, -1), beside(place, 1)]);
    assertEquals(withoutPlaces(await next(2)), click(3));
  });
  await t.step("tap with three", async () => {
    await fingers.move([beside(place, -1), place, beside(place, 1)]);
    assertEquals(withoutPlaces(await next(2)), click(2));
  });
  await t.step("hold", async () => {
    // noVNC takes a finger that rests for a second for that.
    await fingers.down([place]);
    assertEquals(withoutPlaces(await next(1)), ["Press 3"]);
    await fingers.up();
    assertEquals(withoutPlaces(await next(1)), ["Release 3"]);
  });
  await t.step("drag", async () => {
    const target = beside(place, 60, 20);
    await fingers.move([place], [beside(place, 30, 10)], [target]);
    const [press, release] = await next(2);
    assertEquals(withoutPlaces([press!]), ["Press 1"]);
    const scale = await scaleOf(page);
    assertEquals(withoutPlaces([release!], 400 + 60 / scale, 300 + 20 / scale), ["Release 1"]);
  });
  await t.step("drag with two", async () => {
    const both = (dy: number) => [beside(place, -10, dy), beside(place, 10, dy)];
    await fingers.move(both(0), ...[20, 40, 60, 80].map(both));
    const events = await next(2);
    assert(events.every((event) => / 4 at /.test(event)), events.join());
  });
});

Deno.test("in its actual size, a desktop is moved by a finger", async () => {
  await using stage = await buildStage();
  await using server = await startServer({ display: stage.desk.display });
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, PHONE);
  await page.reaches("connected");
  await page.wantExact();
  await page.inPanel("Settings", async () => {
    await page.page.getByRole("radio", { name: "Actual size" }).check({ force: true });
  });
  const seen = (x: number) => async () => crop(await stage.scene.picture(), x, 0, WIDTH, 600);
  await assertSees(() => page.look(), seen(0));

  const fingers = await Fingers.on(page.page);
  await page.button("Move view").tap();
  await fingers.move([{ x: 300, y: 400 }], [{ x: 280, y: 400 }], [{ x: 200, y: 400 }]);
  await assertSees(() => page.look(), seen(100));
  await page.button("Move view").tap();
  await using logger = await ButtonLogger.open(stage.desk);
  const { x, y } = (await page.canvas.boundingBox())!;
  await fingers.move([{ x: x + 150, y: y + 300 }]);
  assertEquals(await logger.events(2), clicks(150 + 100, 300, [1]));
});

Deno.test("where the keyboard comes over the page, the desktop keeps clear of it", async () => {
  await using server = await startServer({});
  await using page = await chromium.open(`http://127.0.0.1:${server.port}/`, PHONE);
  await page.reaches("connected");
  // As iPhones do it; Chromium makes the page smaller.
  const see = (height: number, scale: number) =>
    page.page.evaluate(`
      Object.defineProperty(visualViewport, "height", { value: ${height}, configurable: true });
      Object.defineProperty(visualViewport, "scale", { value: ${scale}, configurable: true });
      visualViewport.dispatchEvent(new Event("resize"));
    `);
  const desktopHeight = async () => (await page.page.locator("#desktop").boundingBox())!.height;
  await see(400, 1);
  assertEquals(await desktopHeight(), 400);
  await see(HEIGHT, 1);
  assertEquals(await desktopHeight(), HEIGHT);
  // Who has zoomed in sees less, too.
  await see(HEIGHT / 2, 2);
  assertEquals(await desktopHeight(), HEIGHT);
});
