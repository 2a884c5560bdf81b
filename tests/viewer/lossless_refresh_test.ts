import { assert, assertEquals } from "@std/assert";
import type { RectEncoder } from "../../src/encodings/encoding.ts";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import { Framebuffer } from "../../src/frame/framebuffer.ts";
import type { Rect } from "../../src/frame/rect.ts";
import { ENCODERS } from "../support/encoders.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { Session } from "../support/session.ts";
import type { TestViewer } from "../support/test_viewer.ts";

const RAW = 0;
const TIGHT = 7;
const COPY_RECT = 1;
const QUALITY_80 = -432;

const here = encodeHere(ENCODERS);

/** Shows where it is allowed to be lossy: it drops the lowest bit of every colour. */
const coarse: RectEncoder = {
  encode(frame, rect, { format, settings }) {
    const coding = { encoding: RAW, format, settings };
    if (settings.quality === undefined) return here.encode(frame, rect, coding);
    const pixels = frame.pixels.map((pixel) => pixel & 0xfefefe);
    const copy = new Framebuffer(frame.width, frame.height, pixels, frame.stride);
    const encoded = here.encode(copy, rect, coding);
    assert(!(encoded instanceof Promise));
    return encoded.map((each) => ({ ...each, lossy: true }));
  },
};

/** A viewer of a picture with odd colours, that has asked for its first update. */
async function start(quality: readonly number[]): Promise<{
  session: Session;
  desktop: FakeDesktop;
  viewer: TestViewer;
}> {
  const desktop = new FakeDesktop(64, 48);
  desktop.paint(desktop.screen.bounds, (x, y) => x * 0x010101 + y);
  const session = new Session({}, desktop, undefined, coarse);
  const viewer = await session.viewer();
  await viewer.setEncodings(TIGHT, COPY_RECT, ...quality);
  await viewer.request(false);
  await viewer.update();
  return { session, desktop, viewer };
}

/** How many pixels of a rectangle the viewer shows wrong. */
function wrong({ picture }: TestViewer, { screen }: FakeDesktop, rect = screen.bounds): number {
  let count = 0;
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    for (let x = rect.x; x < rect.x + rect.width; x++) {
      const at = y * screen.stride + x;
      if (picture.pixels[at] !== screen.pixels[at]) count++;
    }
  }
  return count;
}

Deno.test("what came lossy comes exactly once it rests, without anything having changed", async () => {
  const { session, desktop, viewer } = await start([QUALITY_80]);
  await using _ = session;
  assert(wrong(viewer, desktop) > 0);
  await viewer.follow(() => wrong(viewer, desktop) === 0);
  // And then there is nothing more to send.
  await viewer.request(true);
  desktop.events.bell();
  await viewer.event();
  assertEquals(viewer.events.map(({ type }) => type), ["bell"]);
});

Deno.test("what goes on changing stays lossy, what rests beside it becomes exact", async () => {
  const { session, desktop, viewer } = await start([QUALITY_80]);
  await using _ = session;
  const video: Rect = { x: 0, y: 0, width: 32, height: 48 };
  const text: Rect = { x: 32, y: 0, width: 32, height: 48 };
  let frame = 0;
  await viewer.follow(() => {
    frame += 2;
    desktop.paint(video, (x, y) => (x * y + frame) * 2 + 1 & 0xff);
    return wrong(viewer, desktop, text) === 0;
  });
  assert(wrong(viewer, desktop, video) > 0);
  await viewer.follow(() => wrong(viewer, desktop) === 0);
});

Deno.test("a copy of what is lossy is made exact, too", async () => {
  const { session, desktop, viewer } = await start([QUALITY_80]);
  await using _ = session;
  desktop.move({ to: { x: 0, y: 0, width: 64, height: 24 }, dx: 0, dy: -24 });
  await viewer.request(true);
  const { rects } = await viewer.update();
  assertEquals(rects.map(({ encoding }) => encoding), [COPY_RECT]);
  await viewer.follow(() => wrong(viewer, desktop) === 0);
});

Deno.test("a viewer that asked for no quality gets everything exactly at once", async () => {
  const { session, desktop, viewer } = await start([]);
  await using _ = session;
  assertEquals(wrong(viewer, desktop), 0);
});
