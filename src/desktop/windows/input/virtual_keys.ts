/** The virtual keys that the code names; the values are Windows'. */
export const VirtualKey = {
  CANCEL: 0x03,
  SHIFT: 0x10,
  CONTROL: 0x11,
  MENU: 0x12,
  PAUSE: 0x13,
  CAPITAL: 0x14,
  SPACE: 0x20,
  SNAPSHOT: 0x2c,
  DELETE: 0x2e,
  LWIN: 0x5b,
  RWIN: 0x5c,
  NUMLOCK: 0x90,
  SCROLL: 0x91,
  LSHIFT: 0xa0,
  RSHIFT: 0xa1,
  LCONTROL: 0xa2,
  RCONTROL: 0xa3,
  LMENU: 0xa4,
  RMENU: 0xa5,
} as const;

/** A key as SendInput takes it. */
export interface Key {
  readonly virtualKey: number;
  /** Its scancode, without a prefix; 0 where the layout's applies. */
  readonly scan: number;
  /** Whether its scancode has the prefix 0xe0. */
  readonly isExtended: boolean;
}

/** The first keysym of some in a row, and their virtual keys; `-` skips one. */
type Row = readonly [first: number, virtualKeys: string];

const PLAIN: readonly Row[] = [
  [0xff08, "08 09 0d 0c - 0d"], // BackSpace, Tab, Linefeed, Clear, Return
  [0xff14, "91"], // Scroll_Lock
  [0xff1b, "1b"], // Escape
  [0xff21, "19 1d 1c - f2 f1 f2 f4 f3 19"], // Kanji to Zenkaku_Hankaku, without Romaji
  [0xff2d, "15 - - f0 15"], // Kana_Lock, Eisu_toggle, Hangul
  [0xff34, "19 - - - 17"], // Hangul_Hanja, Hangul_Jeonja
  [0xff58, "0c"], // Begin
  [0xff89, "09"], // KP_Tab
  [0xff91, "70 71 72 73 24 25 26 27 28 21 22 23 0c 2d 2e"], // KP_F1 to KP_Delete, not in the block
  [0xffaa, "6a 6b - 6d 6e"], // KP_Multiply, KP_Add, KP_Subtract, KP_Decimal
  [0xffb0, "60 61 62 63 64 65 66 67 68 69"], // KP_0 to KP_9
  [0xffbe, "70 71 72 73 74 75 76 77 78 79 7a 7b 7c 7d 7e 7f 80 81 82 83 84 85 86 87"], // F1 to F24
  [0xffe1, "a0 a1 a2 - 14 14"], // Shift_L, Shift_R, Control_L, Caps_Lock, Shift_Lock
  [0xffe7, "a4 - a4"], // Meta_L, Alt_L
  [0xfe20, "09"], // ISO_Left_Tab
  [0xfe34, "0d"], // ISO_Enter
];

/** Those whose scancodes have the prefix 0xe0. */
const EXTENDED: readonly Row[] = [
  [0xff50, "24 25 26 27 28 21 22 23"], // Home to End
  [0xff60, "29 - 2b 2d - - - 5d - a9 2f"], // Select, Execute, Insert, Menu, Cancel, Help
  [0xff8d, "0d"], // KP_Enter
  [0xffaf, "6f"], // KP_Divide
  [0xffe4, "a3"], // Control_R
  [0xffe8, "a5 - a5 5b 5c 5b 5c"], // Meta_R, Alt_R, Super, Hyper
  [0xffff, "2e"], // Delete
  [0x1008ff11, "ae ad af b3 b2 b1 b0 ac b4"], // quieter, mute, louder, media keys, home page, mail
  [0x1008ff1b, "aa - b7"], // Search, Calculator
  [0x1008ff26, "a6 a7 a9 a8"], // Back, Forward, Stop, Refresh
  [0x1008ff2e, "ac - ab b3 b5 b6"], // WWW, Favorites, AudioPause, AudioMedia, MyComputer
  [0x1008ff73, "a8"], // Reload
];

/** As Windows itself reports these, which have more than one scancode. */
export const PAUSE: Key = { virtualKey: VirtualKey.PAUSE, scan: 0x45, isExtended: false };
export const BREAK: Key = { virtualKey: VirtualKey.CANCEL, scan: 0x46, isExtended: true };
export const PRINT: Key = { virtualKey: VirtualKey.SNAPSHOT, scan: 0x37, isExtended: true };
export const NUM_LOCK: Key = { virtualKey: VirtualKey.NUMLOCK, scan: 0x45, isExtended: true };

const KEYS: ReadonlyMap<number, Key> = new Map([
  ...keysOf(PLAIN, false),
  ...keysOf(EXTENDED, true),
  [0xff13, PAUSE],
  [0xff15, PRINT],
  [0xff61, PRINT],
  [0xff6b, BREAK],
  [0xff7f, NUM_LOCK],
]);

/** The key of a keysym that means the same on every keyboard: function keys, the keypad, modifiers. */
export function functionKey(keysym: number): Key | undefined {
  return KEYS.get(keysym);
}

/** The US keyboard's keys that type neither a letter nor a digit, without Shift and with it. */
const US_SYMBOLS: readonly (readonly [virtualKey: number, symbols: string])[] = [
  [0x20, " "],
  [0xba, ";:"],
  [0xbb, "=+"],
  [0xbc, ",<"],
  [0xbd, "-_"],
  [0xbe, ".>"],
  [0xbf, "/?"],
  [0xc0, "`~"],
  [0xdb, "[{"],
  [0xdc, "\\|"],
  [0xdd, "]}"],
  [0xde, "'\""],
];

/** The virtual key that types an ASCII character on a US keyboard, whatever Shift that takes. */
export function usKey(character: string): number | undefined {
  if (/^[a-z0-9]$/i.test(character)) return character.toUpperCase().charCodeAt(0);
  const shifted = ")!@#$%^&*(".indexOf(character);
  if (shifted >= 0) return 0x30 + shifted;
  return US_SYMBOLS.find(([, symbols]) => symbols.includes(character))?.[0];
}

function* keysOf(rows: readonly Row[], isExtended: boolean): Iterable<readonly [number, Key]> {
  for (const [first, virtualKeys] of rows) {
    for (const [i, name] of virtualKeys.split(" ").entries()) {
      if (name === "-") continue;
      yield [first + i, { virtualKey: parseInt(name, 16), scan: 0, isExtended }];
    }
  }
}
