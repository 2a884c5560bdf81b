/** What a scancode behind the prefix 0xe0 has added in place of it. */
const EXTENDED = 0x80;

/**
 * Where scancodes and Linux' key numbers differ: the scancode of a first key, and the numbers of it
 * and of those that follow it without a gap. Up to 0x53 and for 0x56 to 0x58 they are the same.
 */
const DIFFERENT: readonly (readonly [scancode: number, ...keys: number[]])[] = [
  [0x54, 99, 186], // Print, F16
  [0x59, 117, 190], // keypad =, F20
  [0x5d, 183, 184, 185], // F13 to F15
  [0x64, 134, 135], // Open, Paste
  [0x6d, 193], // F23
  [0x6f, 194, 93, 123, 122, 89, 191], // F24, Katakana/Hiragana, Hanja, Hangeul, Ro, F21
  [0x76, 85, 91, 90, 92], // Zenkaku/Hankaku, Hiragana, Katakana, Henkan
  [0x7b, 94], // Muhenkan
  [0x7d, 124, 121], // Yen, keypad ,
  [EXTENDED + 0x03, 187, 189, 129, 130, 131], // F17, F19, Again, Props, Undo
  [EXTENDED + 0x10, 165], // previous track
  [EXTENDED + 0x19, 163], // next track
  [EXTENDED + 0x1c, 96, 97], // keypad Enter, right Control
  [EXTENDED + 0x20, 113, 140, 164], // mute, calculator, play
  [EXTENDED + 0x24, 166, 205], // stop playing, suspend
  [EXTENDED + 0x2e, 114], // quieter
  [EXTENDED + 0x30, 115], // louder
  [EXTENDED + 0x32, 172], // home page
  [EXTENDED + 0x35, 98], // keypad /
  [EXTENDED + 0x37, 99, 100], // Print as older viewers send it, right Alt (AltGr)
  [EXTENDED + 0x3c, 137], // Cut
  [EXTENDED + 0x41, 136], // Find
  [EXTENDED + 0x46, 119, 102, 103, 104], // Pause, Home, up, Page Up
  [EXTENDED + 0x4b, 105], // left
  [EXTENDED + 0x4d, 106], // right
  [EXTENDED + 0x4f, 107, 108, 109, 110, 111], // End, down, Page Down, Insert, Delete
  [EXTENDED + 0x5b, 125, 126, 127, 116, 142], // left and right Super, Menu, power, sleep
  [EXTENDED + 0x63, 143], // wake up
  [EXTENDED + 0x65, 217, 156, 173, 128, 159, 158, 157, 155, 226], // search to media select
  [EXTENDED + 0x75, 138, 179, 188, 133, 192], // Help, keypad (, F18, Copy, F22
  [EXTENDED + 0x7b, 180], // keypad )
  [EXTENDED + 0x7d, 162], // eject
];

/** X's keycodes named `evdev` are Linux' key numbers and this. */
const EVDEV = 8;

/** By scancode (PC keyboards' set 1): the key's number in Linux (`linux/input-event-codes.h`). */
const LINUX_KEYS: ReadonlyMap<number, number> = new Map([
  ...[...range(0x01, 0x53), ...range(0x56, 0x58)].map((code) => [code, code] as const),
  ...DIFFERENT.flatMap(([first, ...keys]) => keys.map((key, i) => [first + i, key] as const)),
]);

/**
 * The X keycode of a key, on a server with `evdev` keycodes.
 * @param scancode As {@linkcode Desktop.key} has it.
 */
export function evdevKeycode(scancode: number): number | undefined {
  const key = LINUX_KEYS.get(scancode);
  return key === undefined ? undefined : key + EVDEV;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
