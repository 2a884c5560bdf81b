import { assertEquals } from "@std/assert";
import { functionKey } from "../../../../src/desktop/windows/input/virtual_keys.ts";

/** By the first keysym of some in a row: the virtual keys, `e0:` where the scancode has the prefix. */
const ROWS: readonly (readonly [first: number, keys: string])[] = [
  [0xff08, "08 09 0d 0c - 0d"], // BackSpace, Tab, Linefeed, Clear, Return
  [0xff13, "13 91 e0:2c"], // Pause, Scroll_Lock, Sys_Req
  [0xff1b, "1b"], // Escape
  [0xff21, "19 1d 1c"], // Kanji, Muhenkan, Henkan_Mode
  [0xff25, "f2 f1 f2 f4 f3 19"], // Hiragana, Katakana, both, Zenkaku, Hankaku, both
  [0xff2d, "15"], // Kana_Lock
  [0xff30, "f0 15"], // Eisu_toggle, Hangul
  [0xff34, "19 - - - 17"], // Hangul_Hanja, Hangul_Jeonja
  [0xff50, "e0:24 e0:25 e0:26 e0:27 e0:28 e0:21 e0:22 e0:23 0c"], // Home to Begin
  [0xff60, "e0:29 e0:2c e0:2b e0:2d"], // Select, Print, Execute, Insert
  [0xff67, "e0:5d - e0:a9 e0:2f e0:03"], // Menu, Find, Cancel, Help, Break
  [0xff7f, "e0:90"], // Num_Lock
  [0xff89, "09 - - - e0:0d"], // KP_Tab, KP_Enter
  [0xff91, "70 71 72 73 24 25 26 27 28 21 22 23 0c 2d 2e"], // KP_F1 to KP_Delete
  [0xffaa, "6a 6b - 6d 6e e0:6f"], // KP_Multiply to KP_Divide
  [0xffb0, "60 61 62 63 64 65 66 67 68 69"], // KP_0 to KP_9
  [0xffbe, "70 71 72 73 74 75 76 77 78 79 7a 7b 7c 7d 7e 7f 80 81 82 83 84 85 86 87 -"], // F1 to F25
  [0xffe1, "a0 a1 a2 e0:a3 14 14"], // Shift, Control, Caps_Lock, Shift_Lock
  [0xffe7, "a4 e0:a5 a4 e0:a5 e0:5b e0:5c e0:5b e0:5c"], // Meta, Alt, Super, Hyper
  [0xffff, "e0:2e"], // Delete
  [0xfe20, "09"], // ISO_Left_Tab
  [0xfe34, "0d"], // ISO_Enter
  // XF86: the volume, media, home page, mail, search, calculator.
  [0x1008ff11, "e0:ae e0:ad e0:af e0:b3 e0:b2 e0:b1 e0:b0 e0:ac e0:b4 - e0:aa - e0:b7"],
  [0x1008ff26, "e0:a6 e0:a7 e0:a9 e0:a8"], // Back, Forward, Stop, Refresh
  [0x1008ff2e, "e0:ac - e0:ab e0:b3 e0:b5 e0:b6"], // WWW, Favorites, Pause, Media, My Computer
  [0x1008ff73, "e0:a8"], // Reload
];

for (const [first, keys] of ROWS) {
  Deno.test(`windows has keys for the keysyms from 0x${first.toString(16)} on`, () => {
    const found = keys.split(" ").map((_, i) => {
      const key = functionKey(first + i);
      if (key === undefined) return "-";
      const name = key.virtualKey.toString(16).padStart(2, "0");
      return key.isExtended ? `e0:${name}` : name;
    });
    assertEquals(found.join(" "), keys);
  });
}
