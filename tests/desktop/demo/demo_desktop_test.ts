import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { type DemoDesktop, openDemoDesktop } from "../../../src/desktop/demo/demo_desktop.ts";
import { THEME } from "../../../src/desktop/widgets/theme.ts";
import type { DesktopEvents } from "../../../src/desktop/desktop.ts";
import { Region } from "../../../src/frame/region.ts";
import { click, drag, pixelAt, placeOf, press, shows, titleOf, type } from "./seen.ts";

const CONTROL = 0xffe3;
const BACKSPACE = 0xff08;
const TAB = 0xff09;

/** A desktop that is watched, and the events that it told, oldest first. */
function watched(): { desktop: DemoDesktop; events: string[] } {
  const desktop = openDemoDesktop();
  const events: string[] = [];
  const told: DesktopEvents = {
    damaged: () => events.push("damaged"),
    resized: () => events.push("resized"),
    cursorChanged: () => events.push("cursor"),
    ledsChanged: () => events.push("leds"),
    pointerMoved: () => events.push("pointer"),
    clipboard: ({ text }) => events.push(`clipboard ${text}`),
    bell: () => events.push("bell"),
    gone: (reason) => events.push(`gone ${reason}`),
  };
  desktop.watch(told);
  desktop.grab();
  return { desktop, events };
}

Deno.test("the first picture says what this is", () => {
  const desktop = openDemoDesktop();
  assertEquals(desktop.title, "demo desktop");
  assertEquals(desktop.grab(), { region: Region.of(desktop.screen.bounds), moves: [] });
  assertEquals(desktop.screen.bounds, { x: 0, y: 0, width: 1024, height: 768 });
  assert(shows(desktop, "demo desktop", THEME.barMuted));
  assert(shows(desktop, "Your viewer is connected."));
  for (const title of ["Welcome", "Note pad", "Paint", "Input", "Colours"]) titleOf(desktop, title);
});

Deno.test("every pixel's top byte is zero", () => {
  const desktop = openDemoDesktop();
  desktop.grab();
  assert(desktop.screen.pixels.every((word) => word <= 0xffffff));
});

Deno.test("typed text appears in the note pad", () => {
  const desktop = openDemoDesktop();
  assert(!shows(desktop, "Hello, world!"));
  type(desktop, "Hello, world!\nHéllo ß € 漢");
  assert(shows(desktop, "Hello, world!"));
  assert(shows(desktop, "Héllo ß € 漢"));
  const first = placeOf(desktop, "Hello, world!");
  assertEquals(placeOf(desktop, "Héllo ß"), { x: first.x, y: first.y + 16 });
});

Deno.test("BackSpace, Tab and wrapping", () => {
  const desktop = openDemoDesktop();
  type(desktop, "abcd");
  press(desktop, BACKSPACE, BACKSPACE);
  assert(shows(desktop, "ab") && !shows(desktop, "abc"));
  press(desktop, TAB);
  type(desktop, "x");
  assert(shows(desktop, "ab      x"));
  type(desktop, `\n${"=".repeat(57)}`);
  const wrapped = placeOf(desktop, "=".repeat(56));
  assertEquals(pixelAt(desktop.screen, { x: wrapped.x + 2, y: wrapped.y + 16 + 7 }), THEME.text);
  for (let i = 0; i < 200; i++) press(desktop, BACKSPACE);
  assert(shows(desktop, "Type here.", THEME.faint));
});

Deno.test("typing one letter redraws little and tells of damage", () => {
  const { desktop, events } = watched();
  desktop.key(0x61, true);
  assertNotEquals(events.length, 0);
  assertEquals(new Set(events), new Set(["damaged"]));
  const { region, moves } = desktop.grab();
  assert(!region.isEmpty && region.area < 20_000, `${region.area} pixels`);
  assertEquals(moves, []);
  assertEquals(desktop.grab(), { region: Region.empty, moves: [] });
});

Deno.test("keys and pointer are shown as they arrive", () => {
  const desktop = openDemoDesktop();
  desktop.key(0xff0d, true);
  assert(shows(desktop, "Return  0xff0d  down"));
  desktop.key(0xff0d, false);
  assert(shows(desktop, "Return  0xff0d  up"));
  desktop.key(0x20ac, true);
  assert(shows(desktop, '"€"  0x20ac  down  U+20AC'));
  desktop.key(0xffea, false, 0xb8);
  assert(shows(desktop, "Alt_R  0xffea  up  key 0xb8"));
  desktop.pointer(123, 45, 4);
  assert(shows(desktop, "123, 45"));
  assert(shows(desktop, "right", THEME.border));
  assert(!shows(desktop, "left", THEME.border));
  for (const button of [8, 0, 8, 0, 16, 0, 32, 0]) desktop.pointer(123, 45, button);
  assert(shows(desktop, "up 2   down 1   left 1   right 0"));
  desktop.movePointer(-3, 1, 0x100);
  assert(shows(desktop, "120, 46"));
  assert(shows(desktop, "9", THEME.border));
});

Deno.test("a click brings a window to the front", () => {
  const desktop = openDemoDesktop();
  const note = titleOf(desktop, "Note pad");
  drag(desktop, titleOf(desktop, "Colours"), { x: note.x, y: note.y });
  assertThrows(() => titleOf(desktop, "Note pad"), Error, "not on the screen");
  click(desktop, { x: note.x, y: note.y + 300 });
  titleOf(desktop, "Note pad");
});

Deno.test("each button paints in its colour, which the palette sets", () => {
  const desktop = openDemoDesktop();
  const title = titleOf(desktop, "Paint");
  const sheet = (x: number, y: number) => ({ x: title.x + 50 + x, y: title.y + 80 + y });
  const colours = [1, 2, 4].map((button, i) => {
    drag(desktop, sheet(0, 20 * i), sheet(100, 20 * i), button);
    desktop.grab();
    return pixelAt(desktop.screen, sheet(50, 20 * i));
  });
  assertEquals(new Set(colours).size, 3);
  assert(!colours.includes(0xffffff));
  const swatch = { x: title.x - 10, y: title.y + 30 };
  click(desktop, swatch, 1);
  drag(desktop, sheet(0, 80), sheet(100, 90), 1);
  desktop.grab();
  assertEquals(pixelAt(desktop.screen, sheet(50, 85)), pixelAt(desktop.screen, swatch));
});

Deno.test("Copy note and Ctrl+C put the note on the clipboard", () => {
  const { desktop, events } = watched();
  type(desktop, "one\ttwo\nthree é");
  press(desktop, BACKSPACE);
  click(desktop, placeOf(desktop, "Copy note", THEME.barText));
  const copied = () => events.filter((event) => event.startsWith("clipboard"));
  assertEquals(copied(), ["clipboard onetwo\nthree "]);
  assert(shows(desktop, '"onetwo"'));
  press(desktop, TAB);
  press(desktop, CONTROL, 0x63);
  assertEquals(copied().length, 2);
  assertEquals(copied()[1], "clipboard onetwo\nthree \t");
});

Deno.test("a viewer's clipboard is shown, and pasted by Ctrl+V", () => {
  const { desktop, events } = watched();
  desktop.setClipboard({ text: "From afar\r\nsecond\x07 line" });
  assert(shows(desktop, '"From afar"'));
  press(desktop, CONTROL, 0x76);
  assert(shows(desktop, "second line"));
  assert(!events.some((event) => event.startsWith("clipboard")), "it must not echo");
  type(desktop, "v");
  assert(shows(desktop, "second linev"), "Control is up again");
});

Deno.test("huge, odd and empty clipboards are taken", () => {
  const desktop = openDemoDesktop();
  for (const text of ["x".repeat(5_000_000), "\ud800\udfff\ud800", "\0", "漢".repeat(100), ""]) {
    desktop.setClipboard({ text });
    press(desktop, CONTROL, 0x76);
    desktop.grab();
  }
  assert(shows(desktop, "empty"));
});

Deno.test("text typed with Alt or Super is no text", () => {
  const desktop = openDemoDesktop();
  press(desktop, 0xffe9, 0x71);
  press(desktop, 0xffeb, 0x71);
  assert(shows(desktop, "Type here.", THEME.faint));
});

Deno.test("Ring bell rings when the button is let go on it", () => {
  const { desktop, events } = watched();
  const button = placeOf(desktop, "Ring bell", THEME.barText);
  const bells = () => events.filter((event) => event === "bell").length;
  click(desktop, button);
  assertEquals(bells(), 1);
  drag(desktop, button, { x: 500, y: 500 });
  drag(desktop, { x: 500, y: 500 }, button);
  click(desktop, button, 4);
  assertEquals(bells(), 1);
});

Deno.test("buttons look different under the pointer and when pressed", () => {
  const desktop = openDemoDesktop();
  const { x, y } = placeOf(desktop, "Ring bell", THEME.barText);
  const ground = () => {
    desktop.grab();
    return pixelAt(desktop.screen, { x, y });
  };
  const looks = [ground()];
  for (const buttons of [0, 1]) {
    desktop.pointer(x, y, buttons);
    looks.push(ground());
  }
  assertEquals(new Set(looks).size, 3);
  desktop.pointer(500, 500, 1);
  desktop.pointer(500, 500, 0);
  assertEquals(ground(), looks[0]);
});

Deno.test("Resize changes between two sizes", () => {
  const { desktop, events } = watched();
  type(desktop, "still here");
  const before = desktop.screen;
  click(desktop, placeOf(desktop, "Resize 1280x800", THEME.barText));
  assert(events.includes("resized"));
  assertNotEquals(desktop.screen, before);
  assertEquals(desktop.screen.bounds, { x: 0, y: 0, width: 1280, height: 800 });
  assertEquals(desktop.grab().region, Region.of(desktop.screen.bounds));
  assert(shows(desktop, "still here"));
  click(desktop, placeOf(desktop, "Resize 1024x768", THEME.barText));
  assertEquals(desktop.screen.bounds, { x: 0, y: 0, width: 1024, height: 768 });
});

Deno.test("any size can be had, and windows stay within reach", () => {
  const desktop = openDemoDesktop({ width: 200, height: 100 });
  for (const [width, height] of [[1, 1], [3000, 20], [20, 3000], [640, 480], [64, 64]] as const) {
    assert(desktop.resize(width, height));
    desktop.pointer(width + 5, height + 5, 1);
    desktop.pointer(0, 0, 0);
    const { region, moves } = desktop.grab();
    assertEquals(region, Region.of(desktop.screen.bounds));
    assertEquals(moves, []);
  }
  for (const [width, height] of [[0, 10], [10, 0], [-1, -1], [65535, 65535], [NaN, 10]] as const) {
    assert(!desktop.resize(width, height));
  }
  assertEquals(desktop.screen.bounds, { x: 0, y: 0, width: 64, height: 64 });
  assertThrows(() => openDemoDesktop({ width: 70_000 }), RangeError);
  desktop.resize(640, 480);
  titleOf(desktop, "Colours");
});

Deno.test("a smaller screen takes the pointer with it", () => {
  const { desktop, events } = watched();
  desktop.pointer(900, 100, 0);
  events.length = 0;
  assert(desktop.resize(1000, 700));
  assert(!events.includes("pointer"));
  assert(desktop.resize(800, 80));
  assertEquals(desktop.pointerPosition, { x: 799, y: 79 });
  assertEquals(events.filter((event) => event === "pointer").length, 1);
  assert(desktop.resize(1000, 700));
  assertEquals(desktop.pointerPosition, { x: 799, y: 79 });
});

Deno.test("lock keys switch their lights, each its own", () => {
  const { desktop, events } = watched();
  const [SCROLL_LOCK, NUM_LOCK, CAPS_LOCK] = [0xff14, 0xff7f, 0xffe5];
  for (const keysym of [SCROLL_LOCK, NUM_LOCK, CAPS_LOCK, NUM_LOCK]) press(desktop, keysym);
  assertEquals(desktop.leds, { scrollLock: true, numLock: false, capsLock: true });
  press(desktop, CAPS_LOCK, SCROLL_LOCK);
  assertEquals(desktop.leds, { scrollLock: false, numLock: false, capsLock: false });
  assertEquals(events.filter((event) => event === "leds").length, 6);
});

Deno.test("reset and reboot start it anew, and it can't be shut down", () => {
  for (const action of ["reset", "reboot"] as const) {
    const { desktop, events } = watched();
    const start = desktop.screen.pixels.slice();
    type(desktop, "soon gone");
    desktop.setClipboard({ text: "this, too" });
    drag(desktop, titleOf(desktop, "Note pad"), { x: 500, y: 500 });
    const title = titleOf(desktop, "Note pad");
    desktop.pointer(title.x, title.y + 100, 0);
    desktop.grab();
    assert(!desktop.power("shutdown"));
    assert(shows(desktop, "soon gone"));
    events.length = 0;
    assert(desktop.power(action));
    assertEquals(events, ["cursor", "damaged"]);
    assertEquals(desktop.grab().region, Region.of(desktop.screen.bounds));
    assertEquals(desktop.screen.pixels, start);
    press(desktop, CONTROL, 0x76);
    assert(!shows(desktop, "this, too"));
  }
});

Deno.test("the pointer's picture changes over text", () => {
  const { desktop, events } = watched();
  const arrow = desktop.cursor;
  assertEquals(arrow.pixels.length, arrow.width * arrow.height);
  assert(arrow.hotX < arrow.width && arrow.hotY < arrow.height);
  assertEquals(
    new Set([...arrow.pixels].map((pixel) => pixel >>> 24)),
    new Set([0xff, 0x50, 0]),
  );
  const title = titleOf(desktop, "Note pad");
  desktop.pointer(title.x, title.y + 100, 0);
  assertNotEquals(desktop.cursor, arrow);
  desktop.pointer(title.x, title.y, 0);
  assertEquals(desktop.cursor, arrow);
  assertEquals(events.filter((event) => event === "cursor").length, 2);
});

Deno.test("unwatched, it is silent and still takes input", () => {
  const { desktop, events } = watched();
  events.length = 0;
  desktop.unwatch();
  type(desktop, "unseen");
  click(desktop, { x: 900, y: 10 });
  desktop.resize(800, 600);
  assertEquals(events, []);
  assert(shows(desktop, "unseen"));
  desktop.watch({} as DesktopEvents);
  assertEquals(desktop.grab().region, Region.of(desktop.screen.bounds));
  desktop.close();
  type(desktop, "x");
});

Deno.test("no keysym, place or button mask is too odd", () => {
  const desktop = openDemoDesktop();
  const odd = [0, 1, 0x1f, 0x7f, 0xff, 0xd800, 0xfffe, 0xffff, 0x100d800, 0x110ffff, 0x1110000];
  for (const keysym of [...odd, 0x7fffffff, 0x80000000, 0xffffffff, -1, NaN]) {
    for (const down of [true, false]) desktop.key(keysym, down);
    desktop.grab();
  }
  const title = titleOf(desktop, "Paint");
  for (const place of [0, -1, 65535, 0xffff_ffff, NaN, Infinity, 1.5]) {
    for (const buttons of [0, 1, 0xff, 0xffff, -1, 0]) {
      desktop.pointer(place, place, buttons);
      desktop.pointer(place, 5, buttons);
      desktop.grab();
    }
    // While painting, and while dragging a window.
    for (const y of [100, 0]) {
      desktop.pointer(title.x, title.y + y, 0);
      desktop.pointer(title.x, title.y + y, 1);
      desktop.pointer(place, place, 1);
      desktop.pointer(title.x, title.y + y, 0);
      desktop.grab();
    }
  }
  assertEquals(titleOf(desktop, "Paint"), title);
});
