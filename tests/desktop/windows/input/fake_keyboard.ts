import type { Libraries } from "../../../../src/desktop/windows/libraries.ts";
import { INPUT, KEYBDINPUT, LITTLE_ENDIAN } from "../../../../src/desktop/windows/structs.ts";
import { KeyFlag } from "../../../../src/desktop/windows/input/send_input.ts";
import { VirtualKey } from "../../../../src/desktop/windows/input/virtual_keys.ts";

/** What the keys of a layout type, by their virtual keys: plain, with Shift, with AltGr. */
export interface FakeLayout {
  readonly keys: Readonly<Record<number, string>>;
  /** Of what they type, what waits for the next key. */
  readonly dead?: string;
  /** Whether AltGr does something. */
  readonly hasAltGr?: boolean;
}

/** Letters by their own virtual keys. */
const LATIN = Object.fromEntries(
  [..."abcdefghijklmnopqrstuvwxyz"].map((letter) => {
    const capital = letter.toUpperCase();
    return [capital.charCodeAt(0), letter + capital];
  }),
);
const digits = (rows: string): Record<number, string> =>
  Object.fromEntries(rows.split(" ").map((row) => [row.charCodeAt(0), row]));

export const US: FakeLayout = {
  keys: {
    ...LATIN,
    ...digits("1! 2@ 3# 4$ 5% 6^ 7& 8* 9( 0)"),
    ...{ 0x20: "  ", 0xbd: "-_", 0xbf: "/?", 0xbc: ",<", 0xbe: ".>", 0xde: "'\"", 0xc0: "`~" },
  },
};
export const GERMAN: FakeLayout = {
  keys: {
    ...LATIN,
    ...{ 0x51: "qQ@", 0x45: "eE€" },
    ...digits('1! 2" 3§ 4$ 5% 6& 7/{ 8([ 9)] 0=}'),
    ...{ 0x20: "  ", 0xbd: "-_", 0xbf: "#'", 0xdb: "ß?\\", 0xdc: "^°", 0xdd: "´`", 0xbb: "+*~" },
  },
  dead: "^´`",
  hasAltGr: true,
};
export const RUSSIAN: FakeLayout = {
  keys: { ...digits('1! 2" 3№ 4; 5% 6: 7? 8* 9( 0)'), 0x20: "  ", 0x43: "сС", 0xba: "жЖ" },
};

/** Virtual keys by scancode, from 1 on, as on every PC; those with the prefix 0xe0 by themselves. */
const PLAIN =
  ("1b 31 32 33 34 35 36 37 38 39 30 bd bb 08 09 51 57 45 52 54 59 55 49 4f 50 db dd 0d " +
    "a2 41 53 44 46 47 48 4a 4b 4c ba de c0 a0 dc 5a 58 43 56 42 4e 4d bc be bf a1 6a a4 20 14 " +
    "70 71 72 73 74 75 76 77 78 79 90 91 24 26 21 6d 25 0c 27 6b 23 28 22 2d 2e").split(" ").map(
      (name) => parseInt(name, 16),
    );
const EXTENDED = new Map<number, number>([
  ...[[0x1c, 0x0d], [0x1d, 0xa3], [0x35, 0x6f], [0x38, 0xa5], [0x47, 0x24], [0x48, 0x26]] as const,
  ...[[0x4b, 0x25], [0x4d, 0x27], [0x50, 0x28], [0x53, 0x2e], [0x5b, 0x5b], [0x5d, 0x5d]] as const,
]);

const { SHIFT, LSHIFT, RSHIFT, LCONTROL, RMENU, CAPITAL } = VirtualKey;
const MAPVK_VSC_TO_VK_EX = 3;

/** A keyboard of Windows: SendInput presses its keys, and they type. */
export class FakeKeyboard {
  layout: FakeLayout;
  /** The keys that are down, in the order in which they were pressed. */
  readonly down = new Set<number>();
  readonly locked = new Set<number>();
  /** What was played: `+41` a key pressed, `-e0:0d` one released whose scancode has the prefix. */
  readonly played: string[] = [];
  /** The text that has come of it; a dead key waits in `pending`. */
  text = "";
  pending = "";
  isTaken = true;

  readonly libraries = {
    user32: {
      GetForegroundWindow: () => null,
      GetKeyboardLayout: () => null,
      PeekMessageW: () => 0,
      GetAsyncKeyState: (key: number) => this.down.has(key) ? -0x8000 : 0,
      GetKeyState: (key: number) => Number(this.locked.has(key)),
      SendInput: (count: number, view: DataView) => this.#play(count, view),
      MapVirtualKeyExW: (code: number, how: number) => {
        if (how === MAPVK_VSC_TO_VK_EX) return virtualKeyAt(code);
        const extended = [...EXTENDED].find(([, key]) => key === code);
        return PLAIN.includes(code) ? PLAIN.indexOf(code) + 1 : 0xe000 | (extended?.[0] ?? 0);
      },
      VkKeyScanExW: (code: number) => this.#scan(String.fromCharCode(code)),
      ToUnicodeEx: (key: number, _: number, state: Uint8Array, text: Uint16Array) => {
        const isDown = (key: number) => (state[key]! & 0x80) !== 0;
        const typed = this.#typed(key, isDown, (state[CAPITAL]! & 1) !== 0);
        if (typed === undefined) return 0;
        text[0] = typed.charCodeAt(0);
        return this.layout.dead?.includes(typed) ? -1 : 1;
      },
    },
  } as unknown as Libraries;

  constructor(layout: FakeLayout = US) {
    this.layout = layout;
  }

  /** What was played since this was asked last. */
  takePlayed(): string[] {
    return this.played.splice(0);
  }

  #play(count: number, view: DataView): number {
    if (!this.isTaken) return 0;
    for (let at = 0; at < count * INPUT.size; at += INPUT.size) {
      const field = (offset: number) => view.getUint16(at + INPUT.ki + offset, LITTLE_ENDIAN);
      this.#playOne(field(KEYBDINPUT.wVk), field(KEYBDINPUT.wScan), field(KEYBDINPUT.dwFlags));
    }
    return count;
  }

  #playOne(virtualKey: number, scan: number, flags: number): void {
    const isUp = (flags & KeyFlag.KEYUP) !== 0;
    if ((flags & KeyFlag.UNICODE) !== 0) {
      this.played.push(`${isUp ? "-" : "+"}U${scan.toString(16)}`);
      if (!isUp) this.text += String.fromCharCode(scan);
      return;
    }
    const isExtended = (flags & KeyFlag.EXTENDEDKEY) !== 0;
    const isScan = (flags & KeyFlag.SCANCODE) !== 0;
    const key = isScan ? virtualKeyAt(isExtended ? 0xe000 | scan : scan) : virtualKey;
    const name = [isExtended ? "e0:" : "", isScan ? "s" : "", hex(isScan ? scan : key)].join("");
    this.played.push((isUp ? "-" : "+") + name);
    if (isUp) this.#release(key);
    else this.#press(key);
  }

  #press(key: number): void {
    this.down.add(key);
    if (this.#isAltGr(key)) this.down.add(LCONTROL);
    if (key === CAPITAL && !this.locked.delete(key)) this.locked.add(key);
    const isDown = (wanted: number) =>
      this.down.has(wanted) || wanted === SHIFT && (this.down.has(LSHIFT) || this.down.has(RSHIFT));
    const typed = this.#typed(key, isDown, this.locked.has(CAPITAL));
    if (typed === undefined) return;
    if (this.layout.dead?.includes(typed)) this.pending += typed;
    else {
      this.text += this.pending === "" ? typed : `<${this.pending}${typed}>`;
      this.pending = "";
    }
  }

  #release(key: number): void {
    this.down.delete(key);
    if (this.#isAltGr(key)) this.down.delete(LCONTROL);
  }

  /** Windows presses Control with AltGr, and releases it, by itself. */
  #isAltGr(key: number): boolean {
    return key === RMENU && this.layout.hasAltGr === true;
  }

  #typed(key: number, isDown: (key: number) => boolean, caps: boolean): string | undefined {
    const row = this.layout.keys[key];
    if (row === undefined) return undefined;
    const isShifted = isDown(SHIFT);
    const isAltGr = this.layout.hasAltGr && isDown(RMENU);
    if (isDown(LCONTROL) !== (isAltGr ?? false)) return undefined;
    if (isAltGr) return isShifted ? undefined : row[2];
    const isLetter = row[0]!.toLowerCase() !== row[0]!.toUpperCase();
    return row[Number(isShifted !== (caps && isLetter))];
  }

  #scan(character: string): number {
    for (const [key, row] of Object.entries(this.layout.keys)) {
      const level = row.indexOf(character);
      if (level >= 0) return Number(key) | [0, 0x100, 0x600][level]!;
    }
    return -1;
  }
}

function virtualKeyAt(code: number): number {
  if (code >= 0xe000) return EXTENDED.get(code & 0xff) ?? 0;
  // A key that PCs' keyboards haven't got.
  return code === 0x5b ? 0xf1 : PLAIN[code - 1] ?? 0;
}

function hex(number: number): string {
  return number.toString(16).padStart(2, "0");
}
