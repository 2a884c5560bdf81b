/** A key: its X11 keysym, and its place on a keyboard as browsers name it. */
export interface Key {
  readonly keysym: number;
  readonly code: string;
}

/** Keys that have no character, by the names that KeyboardEvent.key gives them. */
export const KEY = {
  Backspace: { keysym: 0xff08, code: "Backspace" },
  Tab: { keysym: 0xff09, code: "Tab" },
  Enter: { keysym: 0xff0d, code: "Enter" },
  Escape: { keysym: 0xff1b, code: "Escape" },
  Home: { keysym: 0xff50, code: "Home" },
  ArrowLeft: { keysym: 0xff51, code: "ArrowLeft" },
  ArrowUp: { keysym: 0xff52, code: "ArrowUp" },
  ArrowRight: { keysym: 0xff53, code: "ArrowRight" },
  ArrowDown: { keysym: 0xff54, code: "ArrowDown" },
  PageUp: { keysym: 0xff55, code: "PageUp" },
  PageDown: { keysym: 0xff56, code: "PageDown" },
  End: { keysym: 0xff57, code: "End" },
  Delete: { keysym: 0xffff, code: "Delete" },
} as const satisfies Record<string, Key>;

/** Keys that change what others do. */
export const MODIFIER = {
  Shift: { keysym: 0xffe1, code: "ShiftLeft" },
  Control: { keysym: 0xffe3, code: "ControlLeft" },
  Alt: { keysym: 0xffe9, code: "AltLeft" },
  Super: { keysym: 0xffeb, code: "MetaLeft" },
} as const satisfies Record<string, Key>;

/** The keysym that types a character. */
export function keysymOf(character: string): number {
  if (character === "\n") return KEY.Enter.keysym;
  if (character === "\t") return KEY.Tab.keysym;
  const point = character.codePointAt(0)!;
  const isLatin1 = (point >= 0x20 && point <= 0x7e) || (point >= 0xa0 && point <= 0xff);
  return isLatin1 ? point : 0x01000000 + point;
}
