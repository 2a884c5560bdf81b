import { Keysym } from "../keysym.ts";
import type { Connection } from "./connection.ts";
import { canonicalKeysym, isFunctionKeysym } from "./keysyms.ts";
import { outInt, outLong, XkbDescRec, XkbNamesRec, XModifierKeymap } from "./structs.ts";

/** Bits of the core modifier state; bits 13 and 14 of it are the keyboard's group. */
const SHIFT_MASK = 1;
export const LOCK_MASK = 2;
const GROUP_MASK = 0x6000;
/** Rows of the modifier mapping: Shift, Lock, Control, Mod1 to Mod5. */
const MODIFIERS = 8;
const LOWEST_KEYCODE = 8;
const XKB_KEYCODES_NAME_MASK = 1;

/** A key, and which of {@linkcode KeyboardLayout.levelMask}'s modifiers must be pressed with it. */
export interface KeyChoice {
  readonly keycode: number;
  readonly modifiers: number;
}

/** What the keys type, as the server has it at one time. */
export class KeyboardLayout {
  /** The modifiers that choose a key's level: Shift and, where there is one, AltGr. */
  readonly levelMask: number;
  /** Whether keycodes are numbered as {@linkcode evdevKeycode} has them. */
  readonly hasEvdevKeycodes: boolean;
  /** Keycodes that type nothing. */
  readonly unused: readonly number[];
  /** Keycodes that are no part of the layout, but mapped by vncd for a while. */
  readonly borrowed: readonly number[];
  readonly #connection: Connection;
  readonly #keycodes: readonly number[];
  /** The keycodes of each modifier, in the order of their bits. */
  readonly #modifierKeys: readonly (readonly number[])[];
  readonly #level3Mask: number;
  readonly #numLockMask: number;
  /** By group and locks: where each keysym is. */
  readonly #indexes = new Map<number, Map<number, KeyChoice[]>>();

  /** @param isBorrowed Whether vncd itself made a keycode type these symbols. */
  constructor(
    connection: Connection,
    isBorrowed: (keycode: number, symbols: readonly number[]) => boolean,
  ) {
    this.#connection = connection;
    const symbols = readSymbols(connection);
    this.#modifierKeys = readModifiers(connection);
    this.hasEvdevKeycodes = readKeycodesName(connection)?.startsWith("evdev") ?? false;
    const used = [...symbols.keys()].filter((keycode) => symbols.get(keycode)!.length > 0);
    this.borrowed = used.filter((keycode) => isBorrowed(keycode, symbols.get(keycode)!));
    this.#keycodes = used.filter((keycode) => !this.borrowed.includes(keycode));
    // Keycode 8 is Linux's key 0, which some programs take for no key.
    this.unused = [...symbols.keys()].filter((keycode) =>
      keycode > LOWEST_KEYCODE && !used.includes(keycode) && !this.isModifierKey(keycode)
    );
    const maskOf = (keysym: number): number => {
      const types = (keycode: number) => symbols.get(keycode)?.includes(keysym) ?? false;
      const bit = this.#modifierKeys.findIndex((keycodes) => keycodes.some(types));
      return bit < 0 ? 0 : 1 << bit;
    };
    this.#level3Mask = maskOf(Keysym.ISO_Level3_Shift) || maskOf(Keysym.Mode_switch);
    this.#numLockMask = maskOf(Keysym.Num_Lock);
    this.levelMask = SHIFT_MASK | this.#level3Mask;
  }

  /**
   * The key that types a symbol with the fewest modifiers pressed or released for it.
   * @param state The present core modifier state.
   */
  find(keysym: number, state: number): KeyChoice | undefined {
    const choices = this.#index(state).get(canonicalKeysym(keysym)) ?? [];
    const present = state & this.levelMask;
    const effort = ({ modifiers }: KeyChoice): number => bitCount(modifiers ^ present);
    const [first, ...others] = choices;
    if (first === undefined) return undefined;
    // The first needs no modifiers, if there is such a one at all.
    if (isFunctionKeysym(keysym) && first.modifiers === 0) return { ...first, modifiers: present };
    return others.reduce((best, other) => effort(other) < effort(best) ? other : best, first);
  }

  /** All keys that type a symbol, whatever it takes. */
  keycodesOf(keysym: number, state: number): number[] {
    const choices = this.#index(state).get(canonicalKeysym(keysym)) ?? [];
    return choices.map(({ keycode }) => keycode);
  }

  /** The keys of a modifier. */
  modifierKeys(mask: number): readonly number[] {
    return this.#modifierKeys[31 - Math.clz32(mask)] ?? [];
  }

  /** Whether a key types or does something, without vncd's doing. */
  isUsed(keycode: number): boolean {
    return this.#keycodes.includes(keycode) || this.isModifierKey(keycode);
  }

  isModifierKey(keycode: number): boolean {
    return this.#modifierKeys.some((keycodes) => keycodes.includes(keycode));
  }

  #index(state: number): Map<number, KeyChoice[]> {
    const fixed = state & (GROUP_MASK | LOCK_MASK | this.#numLockMask);
    let index = this.#indexes.get(fixed);
    if (index === undefined) {
      index = this.#buildIndex(fixed);
      this.#indexes.set(fixed, index);
    }
    return index;
  }

  #buildIndex(fixed: number): Map<number, KeyChoice[]> {
    const { display, libraries: { x11 } } = this.#connection;
    const index = new Map<number, KeyChoice[]>();
    const [modifiersUsed, found] = [outInt(), outLong()];
    const level3 = this.#level3Mask;
    const levels = [0, SHIFT_MASK, ...(level3 === 0 ? [] : [level3, level3 | SHIFT_MASK])];
    for (const modifiers of levels) {
      for (const keycode of this.#keycodes) {
        const state = fixed | modifiers;
        if (x11.XkbLookupKeySym(display, keycode, state, modifiersUsed, found) === 0) continue;
        const keysym = canonicalKeysym(Number(found[0]!));
        const choices = index.get(keysym);
        if (choices === undefined) index.set(keysym, [{ keycode, modifiers }]);
        else choices.push({ keycode, modifiers });
      }
    }
    return index;
  }
}

/** The symbols of each keycode, without the empty places between them. */
function readSymbols({ display, libraries: { x11 } }: Connection): Map<number, number[]> {
  const [lowest, highest, perKeycode] = [outInt(), outInt(), outInt()];
  x11.XDisplayKeycodes(display, lowest, highest);
  const symbols = new Map<number, number[]>();
  const count = highest[0]! - lowest[0]! + 1;
  const table = x11.XGetKeyboardMapping(display, lowest[0]!, count, perKeycode);
  if (table === null) return symbols;
  const keysyms = new BigUint64Array(
    Deno.UnsafePointerView.getArrayBuffer(table, count * perKeycode[0]! * 8),
  );
  for (let i = 0; i < count; i++) {
    const own = keysyms.subarray(i * perKeycode[0]!, (i + 1) * perKeycode[0]!);
    symbols.set(lowest[0]! + i, Array.from(own, Number).filter((keysym) => keysym !== 0));
  }
  x11.XFree(table);
  return symbols;
}

function readModifiers({ display, libraries: { x11 } }: Connection): number[][] {
  const map = x11.XGetModifierMapping(display);
  if (map === null) return [];
  const view = new Deno.UnsafePointerView(map);
  const perModifier = view.getInt32(XModifierKeymap.max_keypermod);
  const keys = Deno.UnsafePointer.create(view.getBigUint64(XModifierKeymap.modifiermap));
  const keycodes = keys === null
    ? []
    : [...new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(keys, MODIFIERS * perModifier))];
  x11.XFreeModifiermap(map);
  return Array.from(
    { length: MODIFIERS },
    (_, i) => keycodes.slice(i * perModifier, (i + 1) * perModifier).filter((code) => code !== 0),
  );
}

/** What the server calls its numbering of the keys: `evdev+aliases(qwerty)`. */
function readKeycodesName(connection: Connection): string | undefined {
  const { display, libraries: { x11 } } = connection;
  const keyboard = x11.XkbAllocKeyboard();
  if (keyboard === null) return undefined;
  x11.XkbGetNames(display, XKB_KEYCODES_NAME_MASK, keyboard);
  const view = new Deno.UnsafePointerView(keyboard);
  const names = Deno.UnsafePointer.create(view.getBigUint64(XkbDescRec.names));
  const atom = names === null
    ? 0n
    : new Deno.UnsafePointerView(names).getBigUint64(XkbNamesRec.keycodes);
  x11.XkbFreeKeyboard(keyboard, 0, 1);
  return connection.atomName(atom);
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
