import { assert, assertEquals } from "@std/assert";
import {
  clipboard,
  clipboardCaps,
  clipboardProvide,
  clipboardProvideMore,
  extendedKey,
  extendedPointer,
  setDesktopSize,
  xvp,
} from "../support/client_extensions.ts";
import { u32 } from "../support/bytes.ts";
import type { ClipboardContent } from "../../src/desktop/desktop.ts";
import { encodeHtmlFormat } from "../../src/html_format.ts";
import { dibOf } from "../desktop/windows/clipboard/dibs.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { Session, turn } from "../support/session.ts";
import type { Told } from "../support/pseudo_rects.ts";
import type { TestViewer } from "../support/test_viewer.ts";

const POINTER_POS = -232;
const CURSOR = -239;
const X_CURSOR = -240;
const POINTER_MOTION = -257;
const EXTENDED_KEYS = -258;
const LED_STATE = -261;
const DESKTOP_NAME = -307;
const EXTENDED_DESKTOP_SIZE = -308;
const XVP = -309;
const CURSOR_WITH_ALPHA = -314;
const MOUSE_BUTTONS = -316;
const VMWARE_CURSOR = 0x574d5664;
const CLIPBOARD = 0xc0a1e5ce | 0;

const MANY_LANGUAGES = "é € 漢 😀\nsecond line";

/** A viewer that has listed these encodings and has the whole screen. */
async function connected(session: Session, ...encodings: number[]): Promise<TestViewer> {
  const viewer = await session.viewer();
  await viewer.setEncodings(0, ...encodings);
  await viewer.request(false);
  await viewer.update();
  // The layout goes alone; the pixels behind it.
  if (encodings.includes(EXTENDED_DESKTOP_SIZE)) await viewer.update();
  return viewer;
}

/** The next thing that a pseudo-rectangle says, of those of one type. */
async function told<T extends Told["type"]>(
  viewer: TestViewer,
  type: T,
): Promise<Extract<Told, { type: T }>> {
  for (;;) {
    const at = viewer.told.findIndex((told) => told.type === type);
    if (at >= 0) return viewer.told.splice(at, 1)[0] as Extract<Told, { type: T }>;
    await viewer.request(true);
    await viewer.update();
  }
}

/** Waits until the server has dealt with all that a viewer has sent. */
async function settled(viewer: TestViewer): Promise<void> {
  await viewer.request(false);
  await viewer.update();
}

Deno.test("keys by scancode: acknowledged, then pressed and released as such", async () => {
  await using session = new Session();
  const viewer = await connected(session, EXTENDED_KEYS);
  assertEquals(viewer.told, [{ type: "extendedKeyEvents" }]);
  await viewer.send(extendedKey(0xff53, 0xcd, true));
  await viewer.send(extendedKey(0xff53, 0xcd, false));
  await viewer.send(extendedKey(0, 0x1e, true));
  viewer.close();
  await session.untilLogged("gone");
  assertEquals(session.desktop.input, [
    "key ff53 down 0xcd",
    "key ff53 up 0xcd",
    "key 0 down 0x1e",
    "key 0 up 0x1e",
  ]);
});

Deno.test("more mouse buttons: acknowledged, then read", async () => {
  await using session = new Session();
  const viewer = await connected(session, MOUSE_BUTTONS);
  assertEquals(viewer.told, [{ type: "extendedMouseButtons" }]);
  await viewer.pointer(1, 2, 1);
  await viewer.send(extendedPointer(3, 4, 0x181));
  await viewer.pointer(5, 6, 0);
  await settled(viewer);
  assertEquals(session.desktop.input, ["pointer 1 2 1", "pointer 3 4 385", "pointer 5 6 0"]);
});

Deno.test("a viewer that hasn't listed them has a back button where they have their marker", async () => {
  await using session = new Session();
  const viewer = await connected(session);
  await viewer.pointer(1, 2, 0x80);
  await viewer.pointer(1, 2, 0);
  await settled(viewer);
  assertEquals(session.desktop.input, ["pointer 1 2 128", "pointer 1 2 0"]);
});

Deno.test("LEDs are told at first and when somebody switches one", async () => {
  const desktop = new FakeDesktop();
  desktop.leds = { capsLock: false, numLock: true, scrollLock: false };
  await using session = new Session({}, desktop);
  const viewer = await connected(session, LED_STATE);
  assertEquals(await told(viewer, "ledState"), { type: "ledState", encoding: LED_STATE, state: 2 });
  await viewer.request(true);
  await turn();
  desktop.setLeds({ capsLock: true, numLock: false, scrollLock: false });
  assertEquals(await told(viewer, "ledState"), { type: "ledState", encoding: LED_STATE, state: 4 });
});

Deno.test("where the pointer is, is told to those that didn't put it there", async () => {
  await using session = new Session();
  const [mover, other] = [
    await connected(session, POINTER_POS),
    await connected(session, POINTER_POS),
  ];
  await mover.pointer(7, 8, 0);
  const expected = { type: "pointerPos", encoding: POINTER_POS, x: 7, y: 8 } as const;
  assertEquals(await told(other, "pointerPos"), expected);
  await settled(mover);
  assertEquals(mover.told, []);
  session.desktop.movePointerTo({ x: 9, y: 10 });
  assertEquals(await told(mover, "pointerPos"), { ...expected, x: 9, y: 10 });
});

Deno.test("each viewer gets the cursor in the best way that it has, and a hidden one is no cursor", async () => {
  const desktop = new FakeDesktop();
  desktop.cursor = { width: 1, height: 1, hotX: 0, hotY: 0, pixels: Uint32Array.of(0x80ff8040) };
  await using session = new Session({}, desktop);
  const pixels: readonly (readonly [id: number, pixels: string, mask: string])[] = [
    [CURSOR_WITH_ALPHA, "80402080", ""],
    [VMWARE_CURSOR, "ff804080", ""],
    [CURSOR, "4080ff00", "80"],
    [X_CURSOR, "000000ff804000", "80"],
  ];
  const listed = pixels.map(([id]) => id);
  for (const [id, hex, mask] of pixels) {
    const viewer = await connected(session, ...listed);
    assertEquals(viewer.cursor?.encoding, id);
    assertEquals(viewer.cursor?.pixels.toHex(), hex);
    assertEquals(viewer.cursor?.mask.toHex(), mask);
    desktop.cursor = { width: 0, height: 0, hotX: 0, hotY: 0, pixels: new Uint32Array(0) };
    desktop.events.cursorChanged();
    viewer.told.length = 0;
    await told(viewer, "cursor");
    assertEquals([viewer.cursor?.width, viewer.cursor?.height], [0, 0]);
    desktop.cursor = { width: 1, height: 1, hotX: 0, hotY: 0, pixels: Uint32Array.of(0x80ff8040) };
    listed.shift();
  }
});

Deno.test("another name is told", async () => {
  let name = "one";
  await using session = new Session({ name: () => name });
  const viewer = await connected(session, DESKTOP_NAME);
  assertEquals(viewer.name, "one");
  name = "zweites Ä";
  session.host.gone("a test");
  assertEquals(await told(viewer, "desktopName"), { type: "desktopName", name });
});

Deno.test("a game's pointer: motions are asked for, and moved by, until it is shown again", async () => {
  const desktop = new FakeDesktop();
  desktop.cursor = { width: 0, height: 0, hotX: 0, hotY: 0, pixels: new Uint32Array(0) };
  await using session = new Session({}, desktop);
  const viewer = await connected(session, POINTER_MOTION);
  for (let i = 0; i < 3; i++) {
    await viewer.pointer(30 + i, 20, 0);
    await settled(viewer);
    desktop.movePointerTo({ x: 32, y: 24 });
  }
  assertEquals(await told(viewer, "pointerMotion"), { type: "pointerMotion", absolute: false });
  desktop.input.length = 0;
  await viewer.pointer(0x7fff - 3, 0x7fff + 2, 1);
  await settled(viewer);
  assertEquals(desktop.input, ["move -3 2 1"]);
  desktop.cursor = { width: 1, height: 1, hotX: 0, hotY: 0, pixels: Uint32Array.of(0xffffffff) };
  desktop.events.cursorChanged();
  assertEquals(await told(viewer, "pointerMotion"), { type: "pointerMotion", absolute: true });
});

Deno.test("the layout is told with each request that isn't incremental, and the pixels follow", async () => {
  await using session = new Session();
  session.desktop.paint(session.desktop.screen.bounds, 0x123456);
  const viewer = await session.viewer();
  await viewer.setEncodings(0, EXTENDED_DESKTOP_SIZE);
  for (let i = 0; i < 2; i++) {
    await viewer.request(false);
    const layout = await viewer.update();
    assertEquals(layout.rects.map(({ encoding }) => encoding), [EXTENDED_DESKTOP_SIZE]);
    const pixels = await viewer.update();
    assertEquals(pixels.rects.map(({ encoding }) => encoding), [0]);
  }
  assertEquals(viewer.told[0], {
    type: "extendedDesktopSize",
    reason: 0,
    result: 0,
    width: 64,
    height: 48,
    screens: [[1, 0, 0, 64, 48, 0]],
  });
  assert(viewer.picture.pixels.every((pixel) => pixel === 0x123456));
});

Deno.test("a viewer chooses the size: it and the others are told, each why", async () => {
  await using session = new Session();
  const viewer = await connected(session, EXTENDED_DESKTOP_SIZE, -223);
  const other = await connected(session, EXTENDED_DESKTOP_SIZE);
  const simple = await connected(session, -223);
  viewer.told.length = other.told.length = 0;
  await viewer.send(setDesktopSize(80, 30, [[9, 0, 0, 80, 30, 5]]));
  const size = { width: 80, height: 30 };
  const type = "extendedDesktopSize" as const;
  const own = { reason: 1, result: 0, screens: [[9, 0, 0, 80, 30, 5]] };
  assertEquals(await told(viewer, type), { type, ...size, ...own });
  const others = { reason: 2, result: 0, screens: [[1, 0, 0, 80, 30, 0]] };
  assertEquals(await told(other, type), { type, ...size, ...others });
  assertEquals(await told(simple, "desktopSize"), { type: "desktopSize", ...size });
  session.desktop.paint(session.desktop.screen.bounds, 0x654321);
  for (const each of [viewer, other, simple]) {
    await each.follow(() => each.picture.pixels.every((pixel) => pixel === 0x654321));
    assertEquals([each.picture.width, each.picture.height], [80, 30]);
    assertEquals(each.told, []);
  }
});

Deno.test("the desktop chooses another size: all are told that", async () => {
  await using session = new Session();
  const viewer = await connected(session, EXTENDED_DESKTOP_SIZE, -223);
  viewer.told.length = 0;
  await viewer.request(true);
  await turn();
  session.desktop.resize(80, 30);
  const layout = await told(viewer, "extendedDesktopSize");
  assertEquals([layout.reason, layout.result, layout.width, layout.height], [0, 0, 80, 30]);
});

for (
  const [name, options, refuses, bytes, result] of [
    ["a desktop that refuses it", {}, true, setDesktopSize(80, 30), 1],
    ["a viewer that may only look", { viewOnly: true }, false, setDesktopSize(80, 30), 1],
    ["no screens", {}, false, setDesktopSize(80, 30, []), 3],
    ["a screen that doesn't fill it", {}, false, setDesktopSize(80, 30, [[0, 0, 0, 8, 3, 0]]), 3],
    ["no size", {}, false, setDesktopSize(0, 0), 3],
  ] as const
) {
  Deno.test(`SetDesktopSize with ${name} is refused with ${result}, and nobody else told`, async () => {
    await using session = new Session(options);
    const viewer = await connected(session, EXTENDED_DESKTOP_SIZE);
    const other = await connected(session, EXTENDED_DESKTOP_SIZE);
    viewer.told.length = other.told.length = 0;
    session.desktop.refusesSizes = refuses;
    await viewer.send(bytes);
    const answer = await told(viewer, "extendedDesktopSize");
    assertEquals([answer.reason, answer.result], [1, result]);
    await other.request(true);
    session.desktop.paint({ x: 0, y: 0, width: 1, height: 1 }, 1);
    await other.update();
    assertEquals(other.told, []);
    assertEquals([viewer.picture.width, session.desktop.screen.width], [64, 64]);
  });
}

Deno.test("xvp: declared, done, or said to have failed", async () => {
  await using session = new Session();
  const viewer = await connected(session, XVP);
  assertEquals(viewer.events, [{ type: "xvp", version: 1, code: 1 }]);
  await viewer.send(xvp(4));
  await viewer.send(xvp(2));
  assertEquals(await viewer.event(), { type: "xvp", version: 1, code: 0 });
  await viewer.send(xvp(4, 9));
  assertEquals(await viewer.event(), { type: "xvp", version: 9, code: 0 });
  assertEquals(session.desktop.input, ["power reset", "power shutdown"]);
});

Deno.test("xvp from a viewer that never asked for it does nothing, and isn't answered", async () => {
  await using session = new Session();
  const viewer = await connected(session);
  await viewer.send(xvp(4));
  await settled(viewer);
  assertEquals([viewer.events, session.desktop.input], [[], []]);
});

Deno.test("text in any language goes both ways, to all viewers in the way that each has", async () => {
  await using session = new Session();
  const [a, b] = [await connected(session, CLIPBOARD), await connected(session, CLIPBOARD)];
  const simple = await connected(session);
  for (const viewer of [a, b]) {
    assertEquals(viewer.events, [{ type: "clipboardCaps", flags: 0x1f000001, sizes: [0] }]);
  }
  // One that fetches what it wants, and one that says nothing of what it takes.
  await a.send(clipboardCaps(0));
  await settled(a);

  session.desktop.events.clipboard({ text: MANY_LANGUAGES });
  assertEquals(await a.event(), { type: "clipboardNotify", formats: 1 });
  await a.send(clipboard("request", 1));
  assertEquals(await a.event(), { type: "clipboardProvide", text: MANY_LANGUAGES });
  assertEquals(await b.event(), { type: "clipboardProvide", text: MANY_LANGUAGES });
  assertEquals(await simple.event(), { type: "cutText", text: "é ? ? ?\nsecond line" });

  const answer = "ответ 答え\n";
  await a.send(clipboard("notify", 1));
  assertEquals(await a.event(), { type: "clipboardRequest", formats: 1 });
  await a.send(clipboardProvide(answer));
  assertEquals(await b.event(), { type: "clipboardProvide", text: answer });
  assertEquals(session.desktop.input, [`clipboard ${answer}`]);
  assert(!session.log.join().includes("ответ"), "clipboard content in the log");
});

Deno.test("formatted text and pictures go both ways, where the desktop takes them", async () => {
  const taken: ClipboardContent[] = [];
  const desktop = Object.assign(new FakeDesktop(), {
    clipboardFormats: ["text", "html", "dib"] as const,
    setClipboard: (content: ClipboardContent) => void taken.push(content),
  });
  await using session = new Session({}, desktop);
  const [a, b] = [await connected(session, CLIPBOARD), await connected(session, CLIPBOARD)];
  const [HTML, DIB] = [4, 8];
  // It fetches what it wants, of these.
  const caps = 2 ** 28 + 2 ** 27 + 2 ** 25 + HTML + DIB;
  await b.send(clipboard("caps", caps, [...u32(0), ...u32(0)]));
  await settled(b);
  const dib = dibOf({ width: 2, height: 1, bits: 32 });

  const html = "<b>größe</b>";
  await a.send(clipboardProvideMore(HTML | DIB, [encodeHtmlFormat(html), dib]));
  assertEquals(await b.event(), { type: "clipboardNotify", formats: HTML | DIB });
  assertEquals(taken.map((content) => Object.keys(content)), [["html", "dib"]]);
  assertEquals([taken[0]!.html!.includes(html), taken[0]!.dib], [true, dib]);

  desktop.events.clipboard({ dib });
  assertEquals(await b.event(), { type: "clipboardNotify", formats: DIB });
  await b.send(clipboard("request", DIB));
  assertEquals(await b.event(), { type: "clipboardProvideMore", formats: DIB, data: [dib] });
});

Deno.test("viewers with the Extended Clipboard that send back what they receive don't go on for ever", async () => {
  await using session = new Session();
  const [a, b] = [await connected(session, CLIPBOARD), await connected(session, CLIPBOARD)];
  await a.send(clipboardProvide("again"));
  assertEquals(await b.event(), { type: "clipboardProvide", text: "again" });
  await b.send(clipboardProvide("again"));
  await b.send(clipboardProvide("the end"));
  a.events.length = 0;
  assertEquals(await a.event(), { type: "clipboardProvide", text: "the end" });
});

Deno.test("a clipboard that would inflate to too much is refused, and the viewer stays", async () => {
  await using session = new Session();
  const viewer = await connected(session, CLIPBOARD);
  await viewer.send(clipboardProvide("x".repeat(1 << 20)));
  await settled(viewer);
  assert(session.logged("too long a clipboard refused"));
  assertEquals(session.desktop.input, []);
});

Deno.test("a clipboard that can't be inflated closes that viewer", async () => {
  await using session = new Session();
  const viewer = await connected(session, CLIPBOARD);
  await viewer.send(clipboard("provide", 1, [1, 2, 3]));
  assert(await viewer.closed());
  await session.untilLogged("can't be inflated");
});

Deno.test("who may only look can do nothing else", async () => {
  await using session = new Session({ viewOnly: true });
  const viewer = await connected(session, CLIPBOARD, XVP, EXTENDED_KEYS, MOUSE_BUTTONS);
  assertEquals(viewer.events, [{ type: "clipboardCaps", flags: 0x01000000, sizes: [] }]);
  session.desktop.events.clipboard({ text: "secret" });
  await viewer.send(extendedKey(0x61, 0x1e, true));
  await viewer.send(extendedPointer(1, 2, 0x101));
  await viewer.send(xvp(4));
  await viewer.send(clipboard("request", 1));
  await viewer.send(clipboard("peek", 0));
  await viewer.send(clipboardProvide("text"));
  await settled(viewer);
  assertEquals(viewer.events.length, 1);
  assertEquals(session.desktop.input, []);
});
