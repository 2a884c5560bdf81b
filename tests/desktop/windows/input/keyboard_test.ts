import { assertEquals } from "@std/assert";
import { Keysym } from "../../../../src/desktop/keysym.ts";
import { Keyboard } from "../../../../src/desktop/windows/input/keyboard.ts";
import { FakeKeyboard, type FakeLayout, GERMAN, RUSSIAN, US } from "./fake_keyboard.ts";

const { Shift_L, Control_L, Control_R, Alt_L, ISO_Level3_Shift, Caps_Lock, Tab } = Keysym;
const DELETE = 0xffff;

class Rig {
  readonly fake: FakeKeyboard;
  attentions = 0;
  readonly keyboard: Keyboard;

  constructor(layout: FakeLayout = US) {
    this.fake = new FakeKeyboard(layout);
    this.keyboard = new Keyboard(this.fake.libraries, () => this.attentions++);
  }

  press(...keys: (number | string)[]): void {
    for (const key of keys) this.keyboard.press(keysymOf(key));
  }

  release(...keys: (number | string)[]): void {
    for (const key of keys) this.keyboard.release(keysymOf(key));
  }

  /** Presses and releases each character. */
  type(text: string): void {
    for (const character of text) {
      this.press(character);
      this.release(character);
    }
  }

  /** Presses keys by their scancodes. */
  pressAt(...scancodes: number[]): void {
    for (const scancode of scancodes) this.keyboard.press(0, scancode);
  }

  releaseAt(...scancodes: number[]): void {
    for (const scancode of scancodes) this.keyboard.release(0, scancode);
  }

  /** What was played since this was asked last, a text. */
  get played(): string {
    return this.fake.takePlayed().join(" ");
  }

  get down(): number[] {
    return [...this.fake.down];
  }
}

function keysymOf(key: number | string): number {
  if (typeof key === "number") return key;
  const code = key.codePointAt(0)!;
  return code < 0x100 ? code : 0x01000000 + code;
}

for (
  const [name, layout, text] of [
    ["US", US, "Hello, World 12!@ é€漢ж🙂 ^`'"],
    ["German", GERMAN, "Hallo Q@ {[]}\\ ~ ß? ° é€漢ж🙂 ^´`'\""],
    ["Russian", RUSSIAN, "жЖ сС abc @{^ № ? 🙂"],
  ] as const
) {
  for (const capsLock of [false, true]) {
    Deno.test(`a ${name} layout types any text${capsLock ? " with Caps Lock on" : ""}`, () => {
      const rig = new Rig(layout);
      if (capsLock) rig.fake.locked.add(0x14);
      rig.type(text);
      assertEquals([rig.fake.text, rig.fake.pending, rig.down], [text, "", []]);
    });
  }
}

Deno.test("a character is typed with just its modifiers, which are put back", () => {
  const rig = new Rig(GERMAN);
  rig.press("A");
  assertEquals(rig.played, "+a0 +41 -a0");
  rig.release("A");
  assertEquals(rig.played, "-41");
  rig.press(Shift_L, "a");
  assertEquals(rig.played, "+a0 -a0 +41 +a0");
  rig.release("a");
  rig.press("@");
  assertEquals(rig.played, "-41 -a0 +a2 +e0:a5 +51 -e0:a5 -a2 +a0");
  rig.release("@", Shift_L);
  // AltGr, as both of Windows' keys; it is lifted for what needs none.
  rig.press(ISO_Level3_Shift, "@");
  assertEquals(rig.played, "-51 -a0 +e0:a5 +51");
  rig.press("7");
  assertEquals(rig.played, "-e0:a5 -a2 +37 +a2 +e0:a5");
  assertEquals(rig.fake.text, "Aa@@7");
});

Deno.test("Control stays held with a symbol that takes AltGr, which lifts it", () => {
  const rig = new Rig(GERMAN);
  rig.press(Control_L, "@");
  assertEquals([rig.fake.text, rig.down], ["@", [0x51, 0xa2]]);
  rig.release("@", Control_L);
  assertEquals(rig.down, []);
});

Deno.test("AltGr does nothing where the layout has none", () => {
  const rig = new Rig(US);
  rig.press(ISO_Level3_Shift, "é");
  rig.release("é", ISO_Level3_Shift);
  assertEquals([rig.played, rig.fake.text], ["+Ue9 -Ue9", "é"]);
});

Deno.test("both halves of a character beyond U+FFFF come together", () => {
  const rig = new Rig();
  rig.type("🙂");
  assertEquals(rig.played, "+Ud83d +Ude42 -Ud83d -Ude42");
});

Deno.test("with Control, a letter names its key on any layout, whatever Caps Lock and Shift do", () => {
  for (const layout of [US, GERMAN, RUSSIAN]) {
    const rig = new Rig(layout);
    rig.fake.locked.add(0x14);
    rig.press(Control_L, "c");
    rig.release("c");
    rig.press("C");
    rig.release("C", Control_L);
    assertEquals(rig.played, "+a2 +43 -43 +43 -43 -a2");
  }
});

Deno.test("a letter repeats, a modifier and a lock don't", () => {
  const rig = new Rig();
  rig.press(Control_R, Control_R, Caps_Lock, Caps_Lock, "a", "a", "é", "é");
  assertEquals(rig.played, "+e0:a3 +14 +41 +41 +Ue9 -Ue9 +Ue9 -Ue9");
  rig.pressAt(0x2a, 0x2a, 0x1e, 0x1e);
  assertEquals(rig.played, "+s2a +s1e +s1e");
});

Deno.test("a key is released though Shift, which was released first, had changed its symbol", () => {
  const rig = new Rig(GERMAN);
  rig.press(Shift_L, "A", 0xfe20);
  rig.release(Shift_L, "a", Tab);
  assertEquals(rig.down, []);
  // 7 is where & is on the viewer's layout, not on this one.
  rig.press(Shift_L, "&");
  rig.release(Shift_L, "7");
  assertEquals(rig.down, []);
  // X calls Alt with Shift so, and Print with Alt.
  rig.press(Shift_L, Keysym.Meta_L, 0xff15);
  rig.release(Shift_L, Alt_L, 0xff61);
  assertEquals(rig.down, []);
});

Deno.test("keys that mean the same are released each by itself", () => {
  const rig = new Rig();
  rig.press(Keysym.Return, Keysym.KP_Enter);
  assertEquals(rig.played, "+0d +e0:0d");
  rig.release(Keysym.KP_Enter);
  assertEquals(rig.played, "-e0:0d");
  rig.pressAt(0x9c);
  rig.release(Keysym.Return);
  assertEquals(rig.played, "+e0:s1c -0d");
  rig.release(Keysym.KP_Enter);
  assertEquals(rig.played, "-e0:s1c");
});

Deno.test("all keys are released, the last one first, and once", () => {
  const rig = new Rig();
  rig.press(Control_L, Shift_L, "a");
  rig.pressAt(0x1f);
  rig.fake.takePlayed();
  rig.keyboard.releaseAll();
  assertEquals(rig.played, "-s1f -41 -a0 -a2");
  rig.keyboard.releaseAll();
  rig.release("a", Control_L);
  assertEquals(rig.played, "");
});

Deno.test("scancodes press the key that they name, with the prefix 0xe0 from 0x80 on", () => {
  const rig = new Rig();
  rig.pressAt(0x1e, 0x1c, 0x9c, 0xc8, 0x48, 0x9d, 0xdb);
  assertEquals(rig.played, "+s1e +s1c +e0:s1c +e0:s48 +s48 +e0:s1d +e0:s5b");
  rig.releaseAt(0xc8, 0x48, 0xdb);
  assertEquals(rig.played, "-e0:s48 -s48 -e0:s5b");
});

Deno.test("Linefeed, which X's keyboards have and PCs' don't, is Return", () => {
  const rig = new Rig();
  const linefeed = 0xff0a;
  rig.press(linefeed);
  rig.release(linefeed);
  rig.keyboard.press(linefeed, 0x5b);
  rig.keyboard.release(linefeed, 0x5b);
  assertEquals(rig.played, "+0d -0d +0d -0d");
});

Deno.test("a scancode that this keyboard lacks leaves it to the keysym", () => {
  const rig = new Rig();
  for (const scancode of [0x7d, 0xff, 0x100, 0, -1, 1.5, NaN]) {
    rig.keyboard.press(0xa5, scancode);
    rig.keyboard.release(0xa5, scancode);
  }
  assertEquals([rig.fake.text, rig.down], ["¥".repeat(7), []]);
});

Deno.test("a key that was pressed by its keysym is released by its scancode, and the reverse", () => {
  const rig = new Rig();
  rig.press(Shift_L, "a", Alt_L);
  rig.releaseAt(0x2a, 0x1e, 0x38);
  assertEquals(rig.down, []);
  rig.pressAt(0x2a, 0x1e, 0x38);
  rig.release(Shift_L, "A", Alt_L);
  assertEquals(rig.down, []);
});

Deno.test("Pause, Break, Print Screen and Num Lock, which have several scancodes, are what Windows knows", () => {
  const rig = new Rig();
  const [pause, print, numLock, breaking] = [0xff13, 0xff61, 0xff7f, 0xff6b];
  rig.press(pause, print, numLock, breaking);
  assertEquals(rig.played, "+13 +e0:2c +e0:90 +e0:03");
  rig.release(pause, print, numLock, breaking);
  rig.fake.takePlayed();
  rig.pressAt(0xc6, 0xb7, 0x45);
  assertEquals(rig.played, "+13 +e0:2c +e0:90");
  rig.releaseAt(0xc6, 0xb7, 0x45);
  rig.pressAt(0x54);
  rig.releaseAt(0x54);
  rig.fake.takePlayed();
  // With Control, Pause is Break; it's released as such, Control being up.
  for (const press of [() => rig.press(pause), () => rig.pressAt(0xc6)]) {
    rig.press(Control_L);
    press();
    rig.release(Control_L);
    rig.keyboard.release(pause, 0xc6);
    assertEquals(rig.played, "+a2 +e0:03 -a2 -e0:03");
  }
});

Deno.test("Ctrl+Alt+Del is asked for, not typed, whichever keys it's made of", () => {
  const rig = new Rig();
  rig.press(Control_L, Alt_L, DELETE);
  rig.release(DELETE);
  rig.pressAt(0xd3);
  rig.releaseAt(0xd3);
  rig.press(0xff9f);
  rig.release(Alt_L, Control_L);
  assertEquals([rig.attentions, rig.played], [3, "+a2 +a4 -a4 -a2"]);
  rig.press(DELETE);
  assertEquals([rig.attentions, rig.played], [3, "+e0:2e"]);
});

Deno.test("says so when Windows takes no input", () => {
  const rig = new Rig();
  assertEquals(rig.keyboard.press(0x61), true);
  rig.fake.isTaken = false;
  assertEquals([rig.keyboard.press(0x61), rig.keyboard.release(0x61)], [false, false]);
});

const [DEAD_ACUTE, DEAD_CIRCUMFLEX, DEAD_TILDE] = [0xfe51, 0xfe52, 0xfe53];

Deno.test("a dead keysym presses the layout's dead key, which waits for a letter", () => {
  const rig = new Rig(GERMAN);
  rig.press(DEAD_ACUTE);
  rig.release(DEAD_ACUTE);
  rig.type("e");
  rig.press(DEAD_CIRCUMFLEX, "E");
  rig.release(DEAD_CIRCUMFLEX, "E");
  assertEquals([rig.fake.text, rig.down], ["<´e><^E>", []]);
});

Deno.test("an accent that is dead on this layout under another sign is found", () => {
  const rig = new Rig({ ...US, dead: "'\"" });
  rig.press(DEAD_ACUTE, "e");
  rig.press(Shift_L, 0xfe57, "u");
  assertEquals(rig.fake.text, "<'e><\"u>");
});

Deno.test("a dead keysym types its accent where the layout has no such dead key", () => {
  for (const layout of [US, GERMAN, RUSSIAN]) {
    const rig = new Rig(layout);
    for (const keysym of [DEAD_TILDE, 0xfe5a]) {
      rig.press(keysym);
      rig.release(keysym);
    }
    assertEquals([rig.fake.text, rig.down], ["~ˇ", []]);
  }
});

Deno.test("X's older name for AltGr is one", () => {
  const rig = new Rig(GERMAN);
  rig.press(Keysym.Mode_switch, "{");
  assertEquals([rig.played, rig.fake.text], ["+e0:a5 +37", "{"]);
});
