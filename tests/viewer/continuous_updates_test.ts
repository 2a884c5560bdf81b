import { assert, assertEquals } from "@std/assert";
import { NATIVE_FORMAT } from "../../src/frame/pixel_format.ts";
import { enableContinuousUpdates, fence } from "../support/client_extensions.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";
import { sees, Session, turn } from "../support/session.ts";
import type { ServerEvent, TestViewer } from "../support/test_viewer.ts";

const RAW = 0;
const FENCE = -312;
const CONTINUOUS_UPDATES = -313;

const REQUEST = 2 ** 31;
const BLOCK_BEFORE = 1;
const BLOCK_AFTER = 2;
const SYNC_NEXT = 4;

/** A viewer that has been told of both extensions, and has the first picture. */
async function start(session: Session): Promise<TestViewer> {
  const viewer = await session.viewer();
  await viewer.setEncodings(RAW, FENCE, CONTINUOUS_UPDATES);
  await viewer.request(false);
  await viewer.update();
  return viewer;
}

/** Answers the fences that have come since the event of that number; returns the number of events. */
async function answerFences(viewer: TestViewer, from: number): Promise<number> {
  for (const event of viewer.events.slice(from)) {
    if (event.type !== "fence" || event.flags < REQUEST) continue;
    await viewer.send(fence(event.flags % 8, event.payload));
  }
  return viewer.events.length;
}

/** Reads, and answers fences, until the picture is the desktop's. */
async function followUnasked(viewer: TestViewer, desktop: FakeDesktop): Promise<void> {
  let answered = await answerFences(viewer, 0);
  while (!sees(viewer, desktop)) {
    await viewer.receive();
    answered = await answerFences(viewer, answered);
  }
}

Deno.test("both extensions are announced the first time that a viewer lists them", async () => {
  await using session = new Session();
  const viewer = await start(session);
  await viewer.setEncodings(RAW, FENCE, CONTINUOUS_UPDATES);
  await viewer.request(false);
  await viewer.update();
  const types = viewer.events.map(({ type }) => type);
  assertEquals(types.filter((type) => type === "endOfContinuousUpdates").length, 1);
  assert(types.includes("fence"));
});

Deno.test("Fence is announced at once, also behind an update that no request has answered", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  await viewer.request(false);
  await viewer.update();
  await viewer.setEncodings(RAW, FENCE);
  assertEquals((await viewer.event()).type, "fence");
});

Deno.test("enabled, updates come without a request, and no more when disabled", async () => {
  const desktop = new FakeDesktop();
  await using session = new Session({}, desktop);
  const viewer = await start(session);
  await viewer.send(enableContinuousUpdates(true, desktop.screen.bounds));
  for (let i = 1; i <= 20; i++) {
    desktop.paint({ x: i, y: i, width: 5, height: 5 }, 0x10101 * i);
    await followUnasked(viewer, desktop);
  }
  await viewer.send(enableContinuousUpdates(false, desktop.screen.bounds));
  const before = viewer.events.length;
  while (!viewer.events.slice(before).some(({ type }) => type === "endOfContinuousUpdates")) {
    await viewer.receive();
  }
  desktop.paint({ x: 0, y: 0, width: 3, height: 3 }, 0xff0000);
  await turn();
  desktop.events.bell();
  while ((await viewer.event()).type !== "bell");
  assertEquals(viewer.picture.pixels[0], 0);
});

Deno.test("only the enabled area is sent unasked; asked for, the rest comes too", async () => {
  const desktop = new FakeDesktop();
  await using session = new Session({}, desktop);
  const viewer = await start(session);
  await viewer.send(enableContinuousUpdates(true, { x: 0, y: 0, width: 10, height: 10 }));
  await turn();
  desktop.paint(desktop.screen.bounds, 0xabcdef);
  const { rects } = await viewer.update();
  assert(rects.every(({ x, y, width, height }) => x + width <= 10 && y + height <= 10));
  await viewer.request(false);
  await followUnasked(viewer, desktop);
});

Deno.test("without answers to its fences a viewer gets no more than a window of updates", async () => {
  const desktop = new FakeDesktop(200, 150);
  await using session = new Session({}, desktop);
  const viewer = await start(session);
  await answerFences(viewer, 0);
  await viewer.send(enableContinuousUpdates(true, desktop.screen.bounds));
  let updates = 0;
  for (let i = 1; i <= 200; i++) {
    desktop.paint(desktop.screen.bounds, 0x10101 * i % 0x1000000);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  desktop.events.bell();
  for (;;) {
    if (await viewer.receive() !== undefined) updates++;
    if (viewer.events.at(-1)?.type === "bell") break;
  }
  assert(updates < 20, `${updates} updates`);
  await followUnasked(viewer, desktop);
});

Deno.test("a fence is answered with the flags that are understood, and its payload", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  for (const flags of [0, BLOCK_BEFORE, BLOCK_AFTER, BLOCK_BEFORE | BLOCK_AFTER, 0x7ffffff8]) {
    await viewer.send(fence(REQUEST + flags, [1, 2, 3]));
    assertEquals(await viewer.event(), { type: "fence", flags: flags & 7, payload: [1, 2, 3] });
  }
});

Deno.test("SyncNext: all before the answer is in the old format, all behind it in the new", async () => {
  const desktop = new FakeDesktop();
  await using session = new Session({}, desktop);
  const viewer = await start(session);
  await answerFences(viewer, 0);
  await viewer.send(enableContinuousUpdates(true, desktop.screen.bounds));
  let colour = 0;
  for (const format of [PIXEL_FORMATS["16 565 big-endian"]!, NATIVE_FORMAT]) {
    const before = viewer.events.length;
    await viewer.send(fence(REQUEST + SYNC_NEXT, [9]));
    await turn();
    // It isn't answered yet: the message that it is about may be late.
    desktop.events.bell();
    while ((await viewer.event()).type !== "bell");
    assert(!viewer.events.slice(before).some(isAnswer));
    const old = viewer.format;
    await viewer.setPixelFormat(format);
    viewer.format = old;
    desktop.paint(desktop.screen.bounds, 0x30507 * ++colour);
    // The decoders fail, or leave bytes over, where a rectangle comes in another size of pixels.
    while (!isAnswer(await viewer.event()));
    viewer.format = format;
    await answerFences(viewer, before);
  }
  await viewer.request(false);
  await followUnasked(viewer, desktop);
});

function isAnswer(event: ServerEvent): boolean {
  return event.type === "fence" && event.flags < REQUEST && event.payload[0] === 9;
}

Deno.test("a viewer that sends fences and never reads is closed", async () => {
  await using session = new Session();
  const viewer = await session.viewer({}, 100);
  for (let i = 0; i < 200; i++) await viewer.send(fence(REQUEST, [i])).catch(() => {});
  await session.untilLogged("too many fences");
});
