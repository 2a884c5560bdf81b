import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeHere } from "../../src/encodings/encode_here.ts";
import type { Encoder } from "../../src/encodings/encoding.ts";
import { ENCODING } from "../../src/encodings/ids.ts";
import { COLOUR_MAP } from "../../src/frame/colour_map.ts";
import { NATIVE_FORMAT, type PixelFormat } from "../../src/frame/pixel_format.ts";
import { isTurnOver, nextTurn } from "../../src/viewer/turn.ts";
import { ENCODERS } from "../support/encoders.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { photo, text } from "../support/pictures.ts";
import { PIXEL_FORMATS } from "../support/pixel_formats.ts";
import { sees, Session, turn } from "../support/session.ts";

const CURSOR = -239;
const DESKTOP_SIZE = -223;
const LAST_RECT = -224;

/** A desktop that shows a photo, and text beside it. */
function paintedDesktop(): FakeDesktop {
  const desktop = new FakeDesktop(200, 150);
  desktop.screen.pixels.set(photo(200, 150).pixels);
  const words = text(100, 100);
  desktop.paint(
    { x: 70, y: 30, width: 100, height: 100 },
    (x, y) => words.pixels[(y - 30) * 100 + x - 70]!,
  );
  return desktop;
}

for (const encoder of ENCODERS.values()) {
  Deno.test(`${encoder.name}: a viewer follows the screen exactly, in several formats`, async () => {
    const desktop = paintedDesktop();
    await using session = new Session({}, desktop);
    for (const format of [NATIVE_FORMAT, ...Object.values(PIXEL_FORMATS).slice(-6)]) {
      const viewer = await session.viewer();
      await viewer.setPixelFormat(format);
      await viewer.setEncodings(encoder.id, LAST_RECT);
      await viewer.request(false);
      const { rects } = await viewer.update();
      // Raw is what every viewer has, for what an encoding can't show exactly.
      const expected = [encoder.id, ENCODING.Raw];
      assert(rects.every(({ encoding }) => expected.includes(encoding)));
      assert(sees(viewer, desktop));
      for (let i = 0; i < 5; i++) {
        desktop.paint(
          { x: i * 31, y: i * 17, width: 40, height: 30 },
          (x, y) => x * y * 0x010305 & 0xffffff,
        );
        await viewer.follow(() => sees(viewer, desktop));
      }
      viewer.close();
    }
  });
}

Deno.test("the first encoding that vncd has is taken, unknown ones are ignored", async () => {
  await using session = new Session();
  for (
    const [list, expected] of [
      [[], 0],
      [[-1, 0x7fffffff, -0x80000000], 0],
      [[9, 5, 16], 5],
      [[1, CURSOR, 16, 5, 0], 16],
      [[3, 0], 0],
      [new Array(65535).fill(99), 0],
    ] as const
  ) {
    const viewer = await session.viewer();
    await viewer.setEncodings(...list);
    await viewer.request(false);
    const update = await viewer.update();
    assertEquals(update.rects.at(-1)?.encoding, expected);
    viewer.close();
  }
});

Deno.test("only what was asked for is sent", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  const area = { x: 10, y: 20, width: 5, height: 6 };
  await viewer.request(true, area);
  assertEquals((await viewer.update()).rects, [{ ...area, encoding: 0 }]);
  session.desktop.paint({ x: 0, y: 0, width: 64, height: 48 }, 0x123456);
  await viewer.request(true, area);
  assertEquals((await viewer.update()).rects, [{ ...area, encoding: 0 }]);
  assertEquals(viewer.picture.pixels[20 * 64 + 10], 0x123456);
});

Deno.test("an incremental request waits for a change, and brings only that", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  await viewer.request(false);
  await viewer.update();
  await viewer.request(true);
  await turn();
  session.desktop.paint({ x: 16, y: 16, width: 1, height: 1 }, 0xabcdef);
  const { rects } = await viewer.update();
  assertEquals(rects.length, 1);
  assert(rects[0]!.width * rects[0]!.height <= 32 * 32, JSON.stringify(rects));
  assertEquals(viewer.picture.pixels[16 * 64 + 16], 0xabcdef);
});

Deno.test("a move is copied by viewers that can, and exact for all", async () => {
  const desktop = paintedDesktop();
  await using session = new Session({}, desktop);
  const copying = await session.viewer();
  await copying.setEncodings(16, 1);
  const other = await session.viewer();
  for (const viewer of [copying, other]) await viewer.follow(() => sees(viewer, desktop));

  await copying.request(true);
  await turn();
  desktop.move({ to: { x: 60, y: 20, width: 100, height: 90 }, dx: -10, dy: -10 });
  const { rects } = await copying.update();
  assertEquals(rects, [{ x: 60, y: 20, width: 100, height: 90, encoding: 1 }]);
  assert(sees(copying, desktop));
  await other.follow(() => sees(other, desktop));
});

Deno.test("colour-map mode: the map comes before the pixels, which are its indices", async () => {
  const desktop = paintedDesktop();
  await using session = new Session({}, desktop);
  const viewer = await session.viewer();
  const format: PixelFormat = { ...NATIVE_FORMAT, bitsPerPixel: 8, depth: 8, trueColour: false };
  await viewer.setPixelFormat(format);
  await viewer.request(false);
  await viewer.update();
  assertEquals(viewer.events, [{
    type: "colourMap",
    first: 0,
    colours: COLOUR_MAP.map(({ red, green, blue }) => [red, green, blue]),
  }]);
  assert(sees(viewer, desktop));
});

Deno.test("the cursor is sent to viewers that draw it, in their format, and again when it changes", async () => {
  const desktop = new FakeDesktop();
  desktop.cursor = {
    width: 10,
    height: 2,
    hotX: 3,
    hotY: 1,
    pixels: new Uint32Array(20).fill(0xff123456).fill(0x00ffffff, 10, 19),
  };
  await using session = new Session({}, desktop);
  const viewer = await session.viewer();
  await viewer.setEncodings(0, CURSOR);
  await viewer.request(true);
  await viewer.update();
  assertEquals(viewer.cursor?.hotX, 3);
  assertEquals(viewer.cursor?.hotY, 1);
  assertEquals([...viewer.cursor!.mask], [0xff, 0xc0, 0x00, 0x40]);
  assertEquals([...viewer.cursor!.pixels.slice(0, 4)], [0x56, 0x34, 0x12, 0]);

  await viewer.request(true);
  await turn();
  desktop.cursor = { width: 1, height: 1, hotX: 0, hotY: 0, pixels: Uint32Array.of(0xffffffff) };
  desktop.events.cursorChanged();
  assertEquals((await viewer.update()).rects, [
    { x: 0, y: 0, width: 1, height: 1, encoding: CURSOR },
  ]);
  await viewer.request(true);
  await turn();
  // Nobody knows its shape now: viewers keep what they have.
  desktop.cursor = undefined;
  desktop.events.cursorChanged();
  desktop.paint({ x: 0, y: 0, width: 1, height: 1 }, 0xffffff);
  assertEquals((await viewer.update()).rects.map(({ encoding }) => encoding), [0]);
});

Deno.test("DesktopSize goes alone, then everything is new", async () => {
  await using session = new Session();
  const { desktop } = session;
  const viewer = await session.viewer();
  await viewer.setEncodings(0, DESKTOP_SIZE, CURSOR);
  await viewer.request(false);
  await viewer.update();
  await viewer.request(true);
  await turn();
  desktop.resize(80, 30);
  desktop.paint({ x: 0, y: 0, width: 80, height: 30 }, 0x778899);
  assertEquals((await viewer.update()).rects, [{
    x: 0,
    y: 0,
    width: 80,
    height: 30,
    encoding: DESKTOP_SIZE,
  }]);
  await viewer.request(false);
  await viewer.update();
  await viewer.follow(() => sees(viewer, desktop));
});

Deno.test("a viewer without DesktopSize keeps its size: the rest is cut off, or black", async () => {
  await using session = new Session();
  const { desktop } = session;
  const viewer = await session.viewer();
  desktop.paint(desktop.screen.bounds, 0x111111);
  await viewer.follow(() => sees(viewer, desktop));
  desktop.resize(32, 100);
  desktop.paint(desktop.screen.bounds, 0x222222);
  const expected = (x: number) => x < 32 ? 0x222222 : 0;
  await viewer.follow(() => viewer.picture.pixels.every((pixel, i) => pixel === expected(i % 64)));
  assertEquals([viewer.picture.width, viewer.picture.height], [64, 48]);
});

Deno.test("a screen resized while nobody watched has its new size in ServerInit", async () => {
  await using session = new Session();
  session.desktop.resize(20, 10);
  const viewer = await session.viewer();
  assertEquals([viewer.picture.width, viewer.picture.height], [20, 10]);
});

Deno.test("bell and clipboard reach all viewers, a viewer's clipboard the desktop and the others", async () => {
  await using session = new Session();
  const [a, b] = [await session.viewer(), await session.viewer()];
  for (const viewer of [a, b]) {
    await viewer.request(false);
    await viewer.update();
  }
  session.desktop.events.bell();
  session.desktop.events.clipboard({ text: "grüße\n漢" });
  for (const viewer of [a, b]) {
    assertEquals(await viewer.event(), { type: "bell" });
    assertEquals(await viewer.event(), { type: "cutText", text: "grüße\n?" });
  }
  await a.cutText("café\n");
  assertEquals(await b.event(), { type: "cutText", text: "café\n" });
  assertEquals(session.desktop.input, ["clipboard café\n"]);
  assert(!session.log.join().includes("caf"), "clipboard content in the log");
});

Deno.test("keys and pointer reach the desktop, and nothing stays pressed", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  await viewer.key(0xffe1, true);
  await viewer.key(0x41, true);
  await viewer.key(0x41, false);
  await viewer.pointer(5, 6, 0b1001);
  viewer.close();
  await session.untilLogged("gone");
  assertEquals(session.desktop.input, [
    "key ffe1 down",
    "key 41 down",
    "key 41 up",
    "pointer 5 6 9",
    "key ffe1 up",
    "move 0 0 0",
  ]);
});

Deno.test("nothing is looked at while nobody watches or waits", async () => {
  await using session = new Session();
  const { desktop } = session;
  assert(!desktop.watched);
  assertEquals(desktop.grabs, 0);
  const viewer = await session.viewer();
  await viewer.request(false);
  await viewer.update();
  const { grabs } = desktop;
  for (let i = 0; i < 100; i++) desktop.paint({ x: 0, y: 0, width: 1, height: 1 }, i);
  // Longer than the host waits between two looks.
  await new Promise((resolve) => setTimeout(resolve, 50));
  assertEquals(desktop.grabs, grabs);
  await viewer.follow(() => sees(viewer, desktop));
  viewer.close();
  await session.untilLogged("gone");
  assert(!desktop.watched);
});

Deno.test("viewers that send back what they receive don't go on for ever", async () => {
  await using session = new Session();
  const [a, b] = [await session.viewer(), await session.viewer()];
  await a.cutText("again and again");
  assertEquals(await b.event(), { type: "cutText", text: "again and again" });
  await b.cutText("again and again");
  await b.cutText("the end");
  assertEquals(await a.event(), { type: "cutText", text: "the end" });
});

Deno.test("a viewer holds so many keys at most, and all are let go when it leaves", async () => {
  await using session = new Session();
  const viewer = await session.viewer();
  for (let keysym = 1; keysym <= 1000; keysym++) await viewer.key(keysym, true);
  viewer.close();
  await session.untilLogged("gone");
  let held = 0;
  for (const event of session.desktop.input) {
    held += event.endsWith("down") ? 1 : -1;
    assert(held <= 256);
  }
  assertEquals(held, 0);
  assert(session.desktop.input.includes("key 3e8 down"));
});

Deno.test("a fault in an encoder is logged as one, and ends that viewer alone", async () => {
  const faulty: Encoder = {
    ...ENCODERS.get(16)!,
    encode() {
      throw new TypeError("a bug");
    },
  };
  const encoder = encodeHere(new Map([...ENCODERS, [16, faulty]]));
  await using session = new Session({}, undefined, undefined, encoder);
  const other = await session.viewer();
  const viewer = await session.viewer();
  await viewer.setEncodings(16);
  await viewer.request(false);
  assert(await viewer.closed());
  await session.untilLogged("fault of vncd: TypeError: a bug");
  await other.request(false);
  await other.update();
});

for (
  const [name, options, sharedFlag, stays] of [
    ["client: shared", { sharing: "client" }, true, true],
    ["client: exclusive", { sharing: "client" }, false, false],
    ["always: exclusive", { sharing: "always" }, false, true],
    ["never: shared", { sharing: "never" }, true, false],
    ["never: shared, room for one", { sharing: "never", maxViewers: 1 }, true, false],
    ["client: exclusive, but view only", { sharing: "client", viewOnly: true }, false, true],
  ] as const
) {
  Deno.test(`--shared ${name}: the viewer before ${stays ? "stays" : "has to go"}`, async () => {
    await using session = new Session(options);
    const first = await session.viewer();
    await session.viewer({ shared: sharedFlag });
    if (!stays) return assert(await first.closed());
    await first.request(false);
    await first.update();
  });
}

Deno.test("--shared never: one that may only look doesn't send the other away", async () => {
  await using session = new Session({ sharing: "never", viewOnly: true });
  await session.viewer();
  await assertRejects(() => session.viewer(), Error, "closed the connection");
  await session.untilLogged("another viewer is connected");
});

Deno.test("a viewer that doesn't read delays nobody and is owed no more than a screen", async () => {
  const desktop = paintedDesktop();
  await using session = new Session({}, desktop);
  const stuck = await session.viewer({}, 1000);
  for (let i = 0; i < 1000; i++) await stuck.request(false);
  const viewer = await session.viewer();
  for (let i = 0; i < 20; i++) {
    desktop.paint({ x: i, y: i, width: 20, height: 20 }, 0x10101 * i);
    await viewer.follow(() => sees(viewer, desktop));
  }
  // Late, but then with what is newest.
  await stuck.update();
  await stuck.follow(() => sees(stuck, desktop));
});

for (const [knows, list] of [["knows", [LAST_RECT]], ["doesn't know", []]] as const) {
  Deno.test(`others have their turns while a viewer that ${knows} LastRect gets a large update`, async () => {
    const desktop = new FakeDesktop(1024, 1024);
    const here = encodeHere(ENCODERS);
    /** The turn of the event loop in which each block was encoded. */
    const turns: number[] = [];
    let now = 0;
    await using session = new Session({}, desktop, undefined, {
      encode(...args) {
        turns.push(now);
        while (!isTurnOver());
        return here.encode(...args);
      },
    });
    const viewer = await session.viewer();
    await viewer.setEncodings(ENCODING.ZRLE, ...list);
    await viewer.request(false);
    let received = false;
    const update = viewer.update().then(() => received = true);
    for (; !received; now++) await nextTurn();
    await update;
    assertEquals(new Set(turns).size, 8);
    assert(sees(viewer, desktop));
  });
}
