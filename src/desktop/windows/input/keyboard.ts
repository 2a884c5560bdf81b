import { Keysym, keysymToText } from "../../keysym.ts";
import { accentsOf } from "./dead_keys.ts";
import {
  ALT_GR,
  type KeyboardLayout,
  KeyboardLayouts,
  type KeyChoice,
  SHIFT,
} from "./keyboard_layout.ts";
import { readLocks } from "./leds.ts";
import type { Libraries } from "../libraries.ts";
import { KeyFlag, type KeyInput, sendKeys } from "./send_input.ts";
import {
  BREAK,
  functionKey,
  type Key,
  NUM_LOCK,
  PAUSE,
  PRINT,
  usKey,
  VirtualKey,
} from "./virtual_keys.ts";

const { CAPITAL, NUMLOCK, SCROLL, LSHIFT, RSHIFT, LCONTROL, RCONTROL, LMENU, RMENU, LWIN, RWIN } =
  VirtualKey;
const { EXTENDEDKEY, KEYUP, UNICODE, SCANCODE } = KeyFlag;

/** What a viewer's autorepeat must not press again. */
const NEVER_REPEATED: readonly number[] = [
  ...[CAPITAL, NUMLOCK, SCROLL, LSHIFT, RSHIFT, LCONTROL, RCONTROL, LMENU, RMENU, LWIN, RWIN],
];
/** X11's names for AltGr, new and old. */
const ALT_GR_KEYSYMS: readonly number[] = [Keysym.ISO_Level3_Shift, Keysym.Mode_switch];
/** Of these, the scancode has the prefix 0xe0. */
const EXTENDED: readonly number[] = [RCONTROL, RMENU, LWIN, RWIN];

/** Scancodes that stand for another, or depend on modifiers, on a PC's keyboard. */
const NUM_LOCK_SCANCODE = 0x45;
const LINEFEED_SCANCODE = 0x5b;
const PAUSE_SCANCODE = 0xc6;
const PRINT_SCANCODES: readonly number[] = [0x54, 0xb7];

/** A key that is held, as it was pressed. */
interface HeldKey extends Key {
  /** Whether it was pressed by its scancode, so that the layout says which virtual key it is. */
  readonly byScancode: boolean;
}

/** Types keysyms and presses keys through SendInput, by the layout of the window that gets them. */
export class Keyboard {
  readonly #libraries: Libraries;
  readonly #layouts: KeyboardLayouts;
  readonly #sendAttention: () => void;
  /** By keysym: the key that was pressed for it. One that was pressed as such is by `-scancode`. */
  readonly #held = new Map<number, HeldKey>();

  /** @param sendAttention Does what Ctrl+Alt+Del does: Windows takes that from real keyboards only. */
  constructor(libraries: Libraries, sendAttention: () => void) {
    this.#libraries = libraries;
    this.#layouts = new KeyboardLayouts(libraries);
    this.#sendAttention = sendAttention;
  }

  /**
   * Presses the key with a scancode, or else the one that types a keysym.
   * @returns Whether Windows took it.
   */
  press(keysym: number, scancode?: number): boolean {
    const layout = this.#layouts.current();
    const key = this.#keyAt(scancode, layout);
    if (key !== undefined) return this.#hold(-scancode!, key);
    const named = this.#namedKey(keysym, layout);
    if (named !== undefined) return this.#hold(keysym, named);
    const accents = accentsOf(keysym);
    if (accents !== undefined) return this.#pressDead(keysym, accents, layout);
    // Also AltGr, on a layout that has none: what it would type comes as a keysym of its own.
    const character = keysymToText(keysym);
    return character === undefined || this.#type(keysym, character, layout);
  }

  /** Releases the key with a scancode, or else the one that was pressed for a keysym. */
  release(keysym: number, scancode?: number): boolean {
    if (this.#held.size === 0) return true;
    for (const heldFor of [-(scancode ?? 0), keysym]) {
      if (this.#held.has(heldFor)) return this.#letGo(heldFor);
    }
    const layout = this.#layouts.current();
    // A viewer may have pressed it by its keysym before it was told that scancodes are understood.
    const key = this.#keyAt(scancode, layout) ?? this.#namedKey(keysym, layout);
    if (key !== undefined) return this.#letGo(this.#heldOn(key));
    // A viewer that pressed `A` and, Shift being up by then, releases `a`.
    const character = keysymToText(keysym);
    const virtualKey = character && (layout.virtualKeyOf(character) ?? usKey(character));
    if (typeof virtualKey !== "number") return true;
    const heldFor = this.#heldOn(plainKey(virtualKey, layout));
    if (heldFor !== undefined) return this.#letGo(heldFor);
    // Both are on one key of the viewer's layout, but not of this one: it's one of these.
    const others = [...this.#held.keys()].filter(isCharacter);
    return others.map((keysym) => this.#letGo(keysym)).every(Boolean);
  }

  /** Releases all keys, the last one first. */
  releaseAll(): void {
    for (const heldFor of [...this.#held.keys()].reverse()) this.#letGo(heldFor);
  }

  #keyAt(scancode: number | undefined, layout: KeyboardLayout): HeldKey | undefined {
    if (scancode === undefined || !Number.isInteger(scancode)) return undefined;
    if (scancode <= 0 || scancode > 0xff) return undefined;
    if (scancode === NUM_LOCK_SCANCODE) return { ...NUM_LOCK, byScancode: false };
    if (scancode === LINEFEED_SCANCODE) return this.#namedKey(Keysym.Return, layout);
    if (PRINT_SCANCODES.includes(scancode)) return { ...PRINT, byScancode: false };
    if (scancode === PAUSE_SCANCODE) return { ...this.#pauseOrBreak(), byScancode: false };
    const [scan, isExtended] = [scancode & 0x7f, scancode > 0x7f];
    const virtualKey = layout.virtualKeyAt(scan, isExtended);
    return virtualKey === 0 ? undefined : { virtualKey, scan, isExtended, byScancode: true };
  }

  #namedKey(keysym: number, layout: KeyboardLayout): HeldKey | undefined {
    const isAltGr = ALT_GR_KEYSYMS.includes(keysym) && layout.hasAltGr;
    const key = functionKey(isAltGr ? Keysym.Alt_R : keysym);
    if (key === undefined) return undefined;
    const chosen = key === PAUSE ? this.#pauseOrBreak() : key;
    const scan = chosen.scan || layout.scancodeOf(chosen.virtualKey);
    return { ...chosen, scan, byScancode: false };
  }

  /** The same key on a keyboard: Control makes it Break. */
  #pauseOrBreak(): Key {
    return this.#areDown(LCONTROL, RCONTROL) ? BREAK : PAUSE;
  }

  #pressDead(keysym: number, accents: string, layout: KeyboardLayout): boolean {
    const { capsLock } = readLocks(this.#libraries);
    for (const accent of accents) {
      const choice = layout.findDead(accent, capsLock);
      if (choice !== undefined) return this.#pressWith(keysym, choice, layout);
    }
    return this.#type(keysym, accents[0]!, layout);
  }

  #type(keysym: number, character: string, layout: KeyboardLayout): boolean {
    const isShortcut = this.#isShortcut(layout);
    const choice = layout.find(character, !isShortcut && readLocks(this.#libraries).capsLock);
    if (isShortcut) return this.#pressShortcut(keysym, character, choice, layout);
    if (choice === undefined) return sendKeys(this.#libraries, unicodeInputs(character));
    return this.#pressWith(keysym, choice, layout);
  }

  /** With Control, Alt or the Windows key, a letter isn't text: it names the key. */
  #pressShortcut(
    keysym: number,
    character: string,
    choice: KeyChoice | undefined,
    layout: KeyboardLayout,
  ): boolean {
    const isLetter = character.toLowerCase() !== character.toUpperCase();
    if (choice !== undefined && !isLetter) return this.#pressWith(keysym, choice, layout);
    const virtualKey = choice?.virtualKey ?? usKey(character);
    if (virtualKey === undefined) return sendKeys(this.#libraries, unicodeInputs(character));
    return this.#hold(keysym, plainKey(virtualKey, layout));
  }

  /** Presses a key with just the modifiers that it needs, and leaves them as they are held. */
  #pressWith(keysym: number, choice: KeyChoice, layout: KeyboardLayout): boolean {
    const before: KeyInput[] = [];
    const after: KeyInput[] = [];
    const change = (virtualKey: number, down: boolean): void => {
      const key = plainKey(virtualKey, layout);
      before.push(inputOf(key, down));
      after.unshift(inputOf(key, !down));
    };
    const shifts = [LSHIFT, RSHIFT].filter((key) => this.#areDown(key));
    if ((choice.modifiers & SHIFT) === 0) shifts.forEach((key) => change(key, false));
    else if (shifts.length === 0) change(LSHIFT, true);
    const needsAltGr = (choice.modifiers & ALT_GR) !== 0;
    if (needsAltGr) {
      if (!this.#areDown(LCONTROL, RCONTROL)) change(LCONTROL, true);
      if (!this.#areDown(LMENU, RMENU)) {
        change(RMENU, true);
        // Windows presses Control with AltGr, and releases it, though it was held before.
        if (this.#areDown(LCONTROL)) after.push(inputOf(plainKey(LCONTROL, layout), true));
      }
    } else if (this.#isAltGrDown(layout)) {
      // Alt first: its release opens menus when Control isn't held.
      for (const key of [RMENU, LCONTROL]) if (this.#areDown(key)) change(key, false);
    }
    return this.#hold(keysym, plainKey(choice.virtualKey, layout), before, after);
  }

  #hold(
    heldFor: number,
    key: HeldKey,
    before: readonly KeyInput[] = [],
    after: readonly KeyInput[] = [],
  ): boolean {
    const held = this.#held.get(heldFor);
    if (held !== undefined) {
      if (NEVER_REPEATED.includes(held.virtualKey)) return true;
      // The same symbol is on another key now that other modifiers are held.
      if (held.virtualKey !== key.virtualKey) this.#letGo(heldFor);
    }
    if (key.virtualKey === VirtualKey.DELETE && this.#isCtrlAlt()) {
      this.#sendAttention();
      return true;
    }
    this.#held.set(heldFor, key);
    return sendKeys(this.#libraries, [...before, inputOf(key, true), ...after]);
  }

  #letGo(heldFor: number | undefined): boolean {
    const key = heldFor === undefined ? undefined : this.#held.get(heldFor);
    if (key === undefined) return true;
    this.#held.delete(heldFor!);
    return sendKeys(this.#libraries, [inputOf(key, false)]);
  }

  #heldOn({ virtualKey, isExtended }: Key): number | undefined {
    const isIt = (key: Key) => key.virtualKey === virtualKey && key.isExtended === isExtended;
    return [...this.#held].find(([, key]) => isIt(key))?.[0];
  }

  #isAltGrDown(layout: KeyboardLayout): boolean {
    return layout.hasAltGr && this.#areDown(RMENU);
  }

  #isShortcut(layout: KeyboardLayout): boolean {
    if (this.#areDown(LWIN, RWIN)) return true;
    return !this.#isAltGrDown(layout) && this.#areDown(LCONTROL, RCONTROL, LMENU, RMENU);
  }

  #isCtrlAlt(): boolean {
    return this.#areDown(LCONTROL, RCONTROL) && this.#areDown(LMENU, RMENU);
  }

  /** Whether one of some keys is down, whoever pressed it. */
  #areDown(...virtualKeys: number[]): boolean {
    return virtualKeys.some((key) => this.#libraries.user32.GetAsyncKeyState(key) < 0);
  }
}

/** Whether what a key is held for types a character. */
function isCharacter(heldFor: number): boolean {
  return functionKey(heldFor) === undefined && keysymToText(heldFor) !== undefined;
}

function plainKey(virtualKey: number, layout: KeyboardLayout): HeldKey {
  const isExtended = EXTENDED.includes(virtualKey);
  return { virtualKey, scan: layout.scancodeOf(virtualKey), isExtended, byScancode: false };
}

function inputOf({ virtualKey, scan, isExtended, byScancode }: HeldKey, down: boolean): KeyInput {
  return {
    virtualKey: byScancode ? 0 : virtualKey,
    scan,
    flags: (down ? 0 : KEYUP) | (isExtended ? EXTENDEDKEY : 0) | (byScancode ? SCANCODE : 0),
  };
}

/** A character that no key types: its UTF-16 units, each pressed and released. */
function unicodeInputs(character: string): KeyInput[] {
  return [UNICODE, UNICODE | KEYUP].flatMap((flags) =>
    Array.from(
      { length: character.length },
      (_, i) => ({ scan: character.charCodeAt(i), flags }),
    )
  );
}
