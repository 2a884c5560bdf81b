/** The keysyms that vncd's own code names; the values are X11's. */
export const Keysym = {
  BackSpace: 0xff08,
  Tab: 0xff09,
  Return: 0xff0d,
  Scroll_Lock: 0xff14,
  Escape: 0xff1b,
  Mode_switch: 0xff7e,
  Num_Lock: 0xff7f,
  KP_Tab: 0xff89,
  KP_Enter: 0xff8d,
  Shift_L: 0xffe1,
  Control_L: 0xffe3,
  Control_R: 0xffe4,
  Caps_Lock: 0xffe5,
  Meta_L: 0xffe7,
  Meta_R: 0xffe8,
  Alt_L: 0xffe9,
  Alt_R: 0xffea,
  Super_L: 0xffeb,
  Super_R: 0xffec,
  Hyper_R: 0xffee,
  ISO_Level3_Shift: 0xfe03,
} as const;

/** Keysyms that type no character, each list of names with the number of its first. */
const NAMED: readonly (readonly [first: number, names: string])[] = [
  [0xff08, "BackSpace Tab Linefeed Clear - Return"],
  [0xff13, "Pause Scroll_Lock Sys_Req"],
  [0xff1b, "Escape"],
  [0xff20, "Multi_key Kanji Muhenkan Henkan"],
  [0xff50, "Home Left Up Right Down Prior Next End Begin"],
  [0xff60, "Select Print Execute Insert - Undo Redo Menu Find Cancel Help Break"],
  [0xff7e, "Mode_switch Num_Lock"],
  [0xff89, "KP_Tab - - - KP_Enter"],
  [0xff91, "KP_F1 KP_F2 KP_F3 KP_F4 KP_Home KP_Left KP_Up KP_Right KP_Down"],
  [0xff9a, "KP_Prior KP_Next KP_End KP_Begin KP_Insert KP_Delete"],
  [0xffe1, "Shift_L Shift_R Control_L Control_R Caps_Lock Shift_Lock Meta_L Meta_R"],
  [0xffe9, "Alt_L Alt_R Super_L Super_R Hyper_L Hyper_R"],
  [0xfe03, "ISO_Level3_Shift"],
  [0xfe20, "ISO_Left_Tab"],
  [0xfe50, "dead_grave dead_acute dead_circumflex dead_tilde dead_macron dead_breve"],
  [0xfe56, "dead_abovedot dead_diaeresis dead_abovering dead_doubleacute dead_caron"],
  [0xfe5b, "dead_cedilla dead_ogonek"],
  [0xffff, "Delete"],
];

const NAMES = new Map(
  NAMED.flatMap(([first, names]) =>
    names.split(" ").map((name, i): [number, string] => [first + i, name])
  ).filter(([, name]) => name !== "-"),
);

/**
 * The old keysyms of one script each were numbered as its 8-bit character set: high byte of the
 * keysym, the set, and the first low byte from where both agree.
 */
const CHARACTER_SETS: readonly (readonly [page: number, set: string, first: number])[] = [
  [0x01, "iso-8859-2", 0xa1],
  [0x02, "iso-8859-3", 0xa1],
  [0x03, "iso-8859-4", 0xa1],
  [0x05, "iso-8859-6", 0xac],
  [0x06, "koi8-u", 0xc0],
  [0x07, "iso-8859-7", 0xc1],
  [0x0c, "iso-8859-8", 0xe0],
  [0x0d, "windows-874", 0xa1],
];

/** The one place where the numbers differ from their character set. */
const GREEK_SIGMAS = new Map([[0x7d2, "Σ"], [0x7f2, "σ"], [0x7f3, "ς"]]);

/**
 * The character that an X11 keysym types; undefined for keys that type none (Return and Tab too) and
 * for numbers that mean nothing.
 */
export function keysymToText(keysym: number): string | undefined {
  if (isLatin1(keysym)) return String.fromCharCode(keysym);
  if (keysym >= 0x01000000 && keysym <= 0x0110ffff) return unicodeText(keysym - 0x01000000);
  if (keysym === 0x20ac) return "€";
  if (keysym === 0xff80) return " ";
  if ((keysym >= 0xffaa && keysym <= 0xffb9) || keysym === 0xffbd) {
    // The keypad's keys are ASCII, moved up.
    return String.fromCharCode(keysym - 0xff80);
  }
  return GREEK_SIGMAS.get(keysym) ?? oldText(keysym);
}

/** A keysym for a person: X11's name, or the character in quotes, or the number. */
export function keysymName(keysym: number): string {
  const function_ = keysym - 0xffbd;
  if (function_ >= 1 && function_ <= 35) return `F${function_}`;
  const name = NAMES.get(keysym);
  if (name !== undefined) return name;
  const text = keysymToText(keysym);
  if (text === undefined) return `0x${(keysym >>> 0).toString(16).padStart(4, "0")}`;
  const key = text === " " ? "space" : `"${text}"`;
  return keysym >= 0xff80 && keysym <= 0xffbd ? `KP ${key}` : key;
}

function isLatin1(code: number): boolean {
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff);
}

function unicodeText(codePoint: number): string | undefined {
  const surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  if (!Number.isInteger(codePoint) || surrogate) return undefined;
  return codePoint >= 0x100 || isLatin1(codePoint) ? String.fromCodePoint(codePoint) : undefined;
}

function oldText(keysym: number): string | undefined {
  const set = CHARACTER_SETS.find(([page]) => page === keysym >> 8);
  const low = keysym & 0xff;
  if (set === undefined || low < set[2]) return undefined;
  const text = new TextDecoder(set[1]).decode(Uint8Array.of(low));
  return text === "\ufffd" ? undefined : text;
}
