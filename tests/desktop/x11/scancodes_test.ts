import { assert, assertEquals } from "@std/assert";
import { Recorder, until } from "../recorder.ts";
import { openTerminal, pressed, startX11, watchEvents, type X11Rig } from "./rig.ts";

/** What the keys of a US keyboard type, by the scancode of the first key of each row. */
const US_KEYS: readonly (readonly [first: number, names: string])[] = [
  [0x01, "Escape 1 2 3 4 5 6 7 8 9 0 minus equal BackSpace"],
  [0x0f, "Tab q w e r t y u i o p bracketleft bracketright Return Control_L"],
  [0x1e, "a s d f g h j k l semicolon apostrophe grave Shift_L backslash"],
  [0x2c, "z x c v b n m comma period slash Shift_R KP_Multiply Alt_L space"],
  [0x3b, "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10"],
  [0x47, "KP_Home KP_Up KP_Prior KP_Subtract KP_Left KP_Begin KP_Right KP_Add"],
  [0x4f, "KP_End KP_Down KP_Next KP_Insert KP_Delete Print"],
  [0x56, "less F11 F12 KP_Equal"],
  [0x70, "Hiragana_Katakana Hangul_Hanja Hangul"],
  [0x78, "Katakana Henkan_Mode"],
  [0x9c, "KP_Enter Control_R"],
  [0xa0, "XF86AudioMute XF86Calculator XF86AudioPlay"],
  [0xae, "XF86AudioLowerVolume"],
  [0xb0, "XF86AudioRaiseVolume"],
  [0xb5, "KP_Divide"],
  [0xb7, "Print Alt_R"],
  [0xc6, "Pause Home Up Prior"],
  [0xcb, "Left"],
  [0xcd, "Right"],
  [0xcf, "End Down Next Insert Delete"],
  [0xdb, "Super_L Super_R Menu XF86PowerOff XF86Sleep"],
  [0xe3, "XF86WakeUp"],
  [0xe5, "XF86Search XF86Favorites XF86Reload Cancel XF86Forward XF86Back XF86MyComputer XF86Mail"],
];

Deno.test("x11 scancodes press the keys of a US keyboard", async () => {
  await using rig = await startX11();
  const events = await watchEvents(rig, "keyboard");
  const keys = US_KEYS.flatMap(([first, names]) =>
    names.split(" ").map((name, i) => ({ scancode: first + i, name }))
  );
  for (const { scancode } of keys) {
    rig.desktop.key(0, true, scancode);
    rig.desktop.key(0, false, scancode);
  }
  const seen = (what: string): string[] =>
    [...events().matchAll(RegExp(`^Key${what} .*\\n.*\\n.*\\(keysym 0x\\w+, (\\w+)\\)`, "gm"))]
      .map(([, name]) => name!);
  await until("all keys", () => seen("Release").length >= keys.length);
  assertEquals(seen("Press"), keys.map(({ name }) => name));
  assertEquals(seen("Release"), keys.map(({ name }) => name));
  assertEquals(pressed(rig), { keys: 0, buttons: 0 });
});

const SHIFT = 0x2a;
const ALT_GR = 0xb8;
const ENTER = 0x1c;

/** Presses keys one after the other, as a viewer does whose layout may be any other. */
function press({ desktop }: X11Rig, scancodes: readonly number[], held?: number): void {
  if (held !== undefined) desktop.key(0, true, held);
  for (const scancode of scancodes) {
    desktop.key(0, true, scancode);
    desktop.key(0, false, scancode);
  }
  if (held !== undefined) desktop.key(0, false, held);
}

const LINES: readonly { layout: string; typed: string; altGr?: readonly number[] }[] = [
  { layout: "us", typed: `qwerty;[-"YZ4` },
  { layout: "de", typed: "qwertzöüßÄZY4@|", altGr: [0x10, 0x56] },
  { layout: "ru", typed: "йцукенжх-ЭНЯ4" },
];

for (const { layout, typed, altGr = [] } of LINES) {
  Deno.test(`x11 scancodes type what a ${layout} layout has there`, async () => {
    await using rig = await startX11();
    await rig.server.run("setxkbmap", [layout]);
    const terminal = await openTerminal(rig);
    press(rig, [0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x27, 0x1a, 0x0c]);
    press(rig, [0x28, 0x15, 0x2c], SHIFT);
    // The keypad's 4, with Num Lock.
    press(rig, [0x45, 0x4b, 0x45]);
    press(rig, altGr, ALT_GR);
    press(rig, [ENTER]);
    let text = "";
    await until("a line", async () => (text = await terminal.text()).endsWith("\n"));
    assertEquals(text, `${typed}\n`);
  });
}

Deno.test("x11 goes by the keysym where the layout has no such key", async () => {
  await using rig = await startX11();
  const { desktop, server } = rig;
  const terminal = await openTerminal(rig);
  const type = (keysym: number, scancode: number): void => {
    desktop.key(keysym, true, scancode);
    desktop.key(keysym, false, scancode);
  };
  // Japanese keyboards' key for a yen, and scancodes that no keyboard has.
  for (const scancode of [0x7d, 0x80, 0xfff]) type(0xa5, scancode);
  type(0xff0d, ENTER);
  await until("yens", async () => await terminal.text() === "¥¥¥\n");
  // Other numbers for the keys: 0x67 is `up` in evdev's.
  await server.run("setxkbmap", ["-keycodes", "xfree86", "-layout", "us"]);
  const keycodes = await server.run("xmodmap", ["-pke"]);
  assert(/keycode +98 = Up/.test(keycodes), keycodes);
  const events = await watchEvents(rig, "keyboard");
  await until("the key", () => {
    type(0xff52, 0xc8);
    return /keycode 98 \(keysym 0xff52, Up\)/.test(events());
  });
  assert(!events().includes("keycode 111"));
});

Deno.test("x11 presses a key that repeats again, and a modifier once", async () => {
  await using rig = await startX11();
  const { desktop } = rig;
  const events = await watchEvents(rig, "keyboard");
  const count = (what: string): number => events().match(RegExp(`^Key${what} `, "gm"))?.length ?? 0;
  for (const scancode of [0x1d, 0x1e, 0x1e, 0x1e, 0x1d]) desktop.key(0, true, scancode);
  await until("the keys", () => count("Press") >= 4);
  assertEquals(pressed(rig).keys, 2);
  for (const scancode of [0x1e, 0x1d]) desktop.key(0, false, scancode);
  await until("their release", () => count("Release") >= 4);
  assertEquals([count("Press"), count("Release"), pressed(rig).keys], [4, 4, 0]);
});

Deno.test("x11 releases keys held by their scancodes when nobody watches any more", async () => {
  await using rig = await startX11();
  const { desktop } = rig;
  desktop.watch(new Recorder());
  for (const scancode of [SHIFT, ALT_GR, 0x1e]) desktop.key(0, true, scancode);
  assertEquals(pressed(rig).keys, 3);
  desktop.unwatch();
  assertEquals(pressed(rig).keys, 0);
});

Deno.test("x11 releases by its scancode a key that was pressed by its keysym", async () => {
  await using rig = await startX11();
  const { desktop } = rig;
  desktop.watch(new Recorder());
  const shiftL = 0xffe1;
  for (let times = 0; times < 2; times++) {
    desktop.key(shiftL, true);
    assertEquals(pressed(rig).keys, 1);
    desktop.key(shiftL, false, SHIFT);
    assertEquals(pressed(rig).keys, 0);
    desktop.key(shiftL, true, SHIFT);
    assertEquals(pressed(rig).keys, 1);
    desktop.key(shiftL, false);
    assertEquals(pressed(rig).keys, 0);
  }
});
