import { assert, assertEquals } from "@std/assert";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import type { RectEncoder } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { ENCODERS } from "../support/encoders.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { Random } from "../support/random.ts";
import { sees, Session, turn } from "../support/session.ts";
import type { TestViewer } from "../support/test_viewer.ts";
import { until } from "../support/until.ts";

const here = encodeHere(ENCODERS);

/** Writes down what is encoded. */
class Counter implements RectEncoder {
  readonly rects: Rect[] = [];

  encode(...[frame, rect, coding]: Parameters<RectEncoder["encode"]>) {
    this.rects.push(rect);
    return here.encode(frame, rect, coding);
  }
}

async function connect(session: Session, encoding: number): Promise<TestViewer> {
  const viewer = await session.viewer();
  await viewer.setEncodings(encoding, ENCODING.CopyRect);
  await viewer.request(false);
  await viewer.update();
  return viewer;
}

Deno.test("viewers with equal wishes share what is encoded, and others don't", async () => {
  const counter = new Counter();
  const desktop = new FakeDesktop();
  await using session = new Session({}, desktop, undefined, counter);
  const encodings = [ENCODING.ZRLE, ENCODING.ZRLE, ENCODING.ZRLE, ENCODING.Hextile];
  const viewers: TestViewer[] = [];
  for (const encoding of encodings) viewers.push(await connect(session, encoding));
  for (const colour of [0x123456, 0x345678, 0x56789a]) {
    counter.rects.length = 0;
    desktop.paint({ x: 3, y: 4, width: 20, height: 10 }, colour);
    await Promise.all(viewers.map((viewer) => viewer.follow(() => sees(viewer, desktop))));
    const changed = { x: 3, y: 4, width: 20, height: 10 };
    assertEquals(counter.rects, [changed, changed]);
  }
});

Deno.test("nothing is kept for a viewer that is alone", async () => {
  const counter = new Counter();
  const desktop = new FakeDesktop();
  await using session = new Session({}, desktop, undefined, counter);
  const viewer = await connect(session, ENCODING.ZRLE);
  const other = await connect(session, ENCODING.ZRLE);
  const again = async () => {
    counter.rects.length = 0;
    await viewer.request(false);
    await viewer.update();
    return counter.rects.length;
  };
  assertEquals([await again(), await again()], [0, 0]);
  other.close();
  await session.untilLogged("gone");
  assertEquals([await again(), await again()], [1, 1]);
});

/** Two viewers that have all of a screen, so that it has been shared between them. */
async function twoViewers(session: Session): Promise<TestViewer[]> {
  const viewers = [await connect(session, ENCODING.ZRLE), await connect(session, ENCODING.ZRLE)];
  for (const viewer of viewers) {
    await viewer.request(false);
    await viewer.update();
  }
  return viewers;
}

Deno.test("a new screen is the end of all that was encoded", async () => {
  const desktop = new FakeDesktop(64, 48);
  desktop.screen.pixels.fill(0x778899);
  await using session = new Session({}, desktop);
  const viewers = await twoViewers(session);
  desktop.resize(80, 60);
  for (const viewer of viewers) {
    await viewer.request(false);
    await viewer.update();
    assert(viewer.picture.pixels.every((pixel) => pixel === 0));
  }
});

Deno.test("what something was moved to isn't what it was before", async () => {
  const desktop = new FakeDesktop(64, 48);
  desktop.paint({ x: 0, y: 0, width: 10, height: 10 }, 0x445566);
  await using session = new Session({}, desktop);
  const viewers = await twoViewers(session);
  desktop.move({ to: { x: 20, y: 20, width: 10, height: 10 }, dx: 20, dy: 20 });
  for (const viewer of viewers) {
    await until("it is seen", async () => {
      await viewer.request(false);
      await viewer.update();
      return sees(viewer, desktop) || undefined;
    }, 2000);
  }
});

Deno.test("viewers that share see everything exactly, however late it is encoded", async () => {
  const random = new Random(11);
  const late: RectEncoder = {
    async encode(frame, rect, coding) {
      const encoded = here.encode(frame, rect, coding);
      for (let turns = random.below(4); turns > 0; turns--) await turn();
      return encoded;
    },
  };
  const desktop = new FakeDesktop(96, 64);
  await using session = new Session({}, desktop, undefined, late);
  const viewers: TestViewer[] = [];
  for (let n = 0; n < 4; n++) viewers.push(await connect(session, ENCODING.ZRLE));
  let changing = true;
  const following = viewers.map((viewer) =>
    viewer.follow(() => !changing && sees(viewer, desktop))
  );
  for (let step = 1; step <= 200; step++) {
    const [x, y] = [random.below(60), random.below(40)];
    const area = { x, y, width: 1 + random.below(36), height: 1 + random.below(24) };
    if (step % 4 > 0) desktop.paint(area, (px, py) => random.bits() >>> 8 ^ px ^ py);
    else desktop.move({ to: area, dx: Math.min(x, random.below(9)), dy: Math.min(y, 5) });
    await turn();
  }
  changing = false;
  desktop.paint({ x: 0, y: 0, width: 1, height: 1 }, 0xabcdef);
  await Promise.all(following);
  assert(viewers.every((viewer) => sees(viewer, desktop)));
});
