import { assertEquals } from "@std/assert";
import { Keysym, keysymName, keysymToText } from "../../src/desktop/keysym.ts";

Deno.test("Latin-1 keysyms are their characters", () => {
  assertEquals(keysymToText(0x20), " ");
  assertEquals(keysymToText(0x41), "A");
  assertEquals(keysymToText(0xe9), "é");
  assertEquals(keysymToText(0xff), "ÿ");
  for (const none of [0, 0x1f, 0x7f, 0x9f]) assertEquals(keysymToText(none), undefined);
});

Deno.test("Unicode keysyms are their code points", () => {
  assertEquals(keysymToText(0x01006f22), "漢");
  assertEquals(keysymToText(0x0101f600), "😀");
  assertEquals(keysymToText(0x010020ac), "€");
  assertEquals(keysymToText(0x010000e9), "é");
  for (const none of [0x01000000, 0x0100000a, 0x0100007f, 0x0100d800, 0x0100dfff, 0x01110000]) {
    assertEquals(keysymToText(none), undefined);
  }
});

Deno.test("the euro, the keypad and the old alphabets", () => {
  assertEquals(keysymToText(0x20ac), "€");
  assertEquals([0xffb0, 0xffb9, 0xffaa, 0xffae, 0xffbd, 0xff80].map(keysymToText), [
    ..."09*.= ",
  ]);
  assertEquals([0x1b1, 0x2a1, 0x3b3, 0x5c7, 0x6c1, 0x6e1].map(keysymToText), [..."ąĦŗاаА"]);
  assertEquals([0x7d2, 0x7e1, 0x7f2, 0x7f3, 0xce0, 0xda1].map(keysymToText), [..."Σασςאก"]);
});

Deno.test("keys that type no character have none", () => {
  for (const none of [...Object.values(Keysym), 0xffbe, 0xff51, 0xfe03, 0xffffffff, -1, NaN]) {
    assertEquals(keysymToText(none), undefined);
  }
});

Deno.test("keysyms have names for people", () => {
  for (const [name, keysym] of Object.entries(Keysym)) assertEquals(keysymName(keysym), name);
  assertEquals(
    [0xff1b, 0xff56, 0xffbe, 0xffc9, 0xffe0, 0x61, 0x20, 0xffb5, 0x01006f22].map(keysymName),
    ["Escape", "Next", "F1", "F12", "F35", '"a"', "space", 'KP "5"', '"漢"'],
  );
  assertEquals(keysymName(0xfffffffe), "0xfffffffe");
  assertEquals(keysymName(1), "0x0001");
});
