import type { Libraries } from "../libraries.ts";
import { VirtualKey } from "./virtual_keys.ts";

/** Bits of the modifiers that choose what a key types, as VkKeyScanEx numbers them. */
export const SHIFT = 1;
export const CONTROL = 2;
export const ALT = 4;
/** On Windows, AltGr is both. */
export const ALT_GR = CONTROL | ALT;

/** How a key types a character. */
export interface KeyChoice {
  readonly virtualKey: number;
  /** {@linkcode SHIFT} and {@linkcode ALT_GR}, or none. */
  readonly modifiers: number;
}

const MAPVK_VSC_TO_VK_EX = 3;
const MAPVK_VK_TO_VSC_EX = 4;
/** ToUnicodeEx is only asked: nobody's dead key is used up. */
const KEEP_STATE = 4;
/** Marks what a dead key types. */
const DEAD = "dead ";
const IS_DOWN = 0x80;
const IS_ON = 1;

/** What the keys type in the window that has the keyboard. */
export class KeyboardLayout {
  readonly #libraries: Libraries;
  readonly #handle: Deno.PointerValue;
  #hasAltGr: boolean | undefined;

  constructor(libraries: Libraries, handle: Deno.PointerValue) {
    this.#libraries = libraries;
    this.#handle = handle;
  }

  /** Whether the right Alt key is AltGr. */
  get hasAltGr(): boolean {
    return this.#hasAltGr ??= [0x20ac, ...Array(0x100).keys()].some((code) =>
      (this.#scan(code)?.modifiers ?? 0) >= ALT_GR
    );
  }

  /**
   * The key that types a character by itself: not together with a dead key before or behind it.
   * @param capsLock Whether Caps Lock is on.
   */
  find(character: string, capsLock: boolean): KeyChoice | undefined {
    const choice = character.length === 1 ? this.#scan(character.charCodeAt(0)) : undefined;
    if (choice === undefined) return undefined;
    const { virtualKey, modifiers } = choice;
    return [modifiers, modifiers ^ SHIFT]
      .map((modifiers) => ({ virtualKey, modifiers }))
      .find((choice) => this.#typed(choice, capsLock) === character);
  }

  /** The key that adds an accent to what the next one types. */
  findDead(accent: string, capsLock: boolean): KeyChoice | undefined {
    // VkKeyScanEx needn't tell of them.
    for (let virtualKey = VirtualKey.SPACE; virtualKey < 0xff; virtualKey++) {
      if (this.scancodeOf(virtualKey) === 0) continue;
      for (const modifiers of [0, SHIFT, ALT_GR, ALT_GR | SHIFT]) {
        const choice = { virtualKey, modifiers };
        if (this.#typed(choice, capsLock) === DEAD + accent) return choice;
      }
    }
    return undefined;
  }

  /** The virtual key that types a character, whatever that takes. */
  virtualKeyOf(character: string): number | undefined {
    return character.length === 1 ? this.#scan(character.charCodeAt(0))?.virtualKey : undefined;
  }

  /** A virtual key's scancode, without a prefix; 0 when it has none. */
  scancodeOf(virtualKey: number): number {
    return this.#map(virtualKey, MAPVK_VK_TO_VSC_EX) & 0xff;
  }

  /** Which virtual key a key is; 0 when there is no such key. */
  virtualKeyAt(scan: number, isExtended: boolean): number {
    return this.#map(isExtended ? 0xe000 | scan : scan, MAPVK_VSC_TO_VK_EX);
  }

  #map(code: number, how: number): number {
    return this.#libraries.user32.MapVirtualKeyExW(code, how, this.#handle);
  }

  #scan(code: number): KeyChoice | undefined {
    const found = this.#libraries.user32.VkKeyScanExW(code, this.#handle);
    const [virtualKey, modifiers] = [found & 0xff, found >> 8 & 0xff];
    const altGr = modifiers & ALT_GR;
    // Others, such as Control alone, do something else in programs.
    const isTyped = found !== -1 && modifiers < 8 && (altGr === 0 || altGr === ALT_GR);
    return isTyped ? { virtualKey, modifiers } : undefined;
  }

  /** What a key types, behind {@linkcode DEAD} if it waits for the next; `undefined` for nothing. */
  #typed({ virtualKey, modifiers }: KeyChoice, capsLock: boolean): string | undefined {
    const state = new Uint8Array(256);
    const press = (...keys: number[]) => keys.forEach((key) => state[key] = IS_DOWN);
    if ((modifiers & SHIFT) !== 0) press(VirtualKey.SHIFT, VirtualKey.LSHIFT);
    if ((modifiers & CONTROL) !== 0) press(VirtualKey.CONTROL, VirtualKey.LCONTROL);
    if ((modifiers & ALT) !== 0) press(VirtualKey.MENU, VirtualKey.RMENU);
    if (capsLock) state[VirtualKey.CAPITAL] = IS_ON;
    const text = new Uint16Array(8);
    const scan = this.scancodeOf(virtualKey);
    const length = this.#libraries.user32.ToUnicodeEx(
      ...[virtualKey, scan, state, text, text.length, KEEP_STATE, this.#handle] as const,
    );
    if (length === 0) return undefined;
    const typed = String.fromCharCode(...text.subarray(0, Math.abs(length)));
    return length < 0 ? DEAD + typed : typed;
  }
}

/** Finds the layout of the window that has the keyboard: each thread may have its own. */
export class KeyboardLayouts {
  readonly #libraries: Libraries;
  readonly #layouts = new Map<bigint, KeyboardLayout>();

  constructor(libraries: Libraries) {
    this.#libraries = libraries;
  }

  current(): KeyboardLayout {
    const { user32 } = this.#libraries;
    const window = user32.GetForegroundWindow();
    const thread = window === null ? 0 : user32.GetWindowThreadProcessId(window, null);
    // Windows doesn't tell for consoles; then it's this thread's.
    const handle = user32.GetKeyboardLayout(thread) ?? user32.GetKeyboardLayout(0);
    const id = Deno.UnsafePointer.value(handle);
    let layout = this.#layouts.get(id);
    if (layout === undefined) {
      layout = new KeyboardLayout(this.#libraries, handle);
      this.#layouts.set(id, layout);
    }
    return layout;
  }
}
