import type { Connection } from "./connection.ts";
import { KeyboardLayout, type KeyChoice, LOCK_MASK } from "./keyboard_layout.ts";
import { isKeysym } from "./keysyms.ts";
import { queryPointer } from "./query_pointer.ts";
import { evdevKeycode } from "./scancodes.ts";
import { SpareKeys } from "./spare_keys.ts";
import { LITTLE_ENDIAN, XMappingEvent } from "./structs.ts";
import { USE_CORE_KEYBOARD } from "./xkb.ts";

const MAPPING_NOTIFY = 34;
const MAPPING_POINTER = 2;

/** Types keysyms and presses keys through XTEST, on the keyboard as it is mapped now. */
export class Keyboard {
  readonly #connection: Connection;
  /** By keysym: the key that was pressed for it. One that was pressed as such is by `-keycode`. */
  readonly #pressed = new Map<number, number>();
  #layout: KeyboardLayout | undefined;
  readonly #spares: SpareKeys;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#spares = new SpareKeys(connection);
    connection.on(MAPPING_NOTIFY, (event) => this.#mappingChanged(event));
  }

  /**
   * Presses the key with a scancode, or else the one that types a keysym.
   * @returns Milliseconds after which to call again, because no key is free for it; 0 when done.
   */
  press(keysym: number, scancode?: number): number {
    const keycode = this.#keycodeAt(scancode);
    if (keycode !== undefined) {
      this.#pressKey(-keycode, keycode);
      return 0;
    }
    if (!isKeysym(keysym)) return 0;
    const state = queryPointer(this.#connection).mask;
    const layout = this.#currentLayout();
    const choice = layout.find(keysym, state);
    if (choice !== undefined) {
      this.#pressChoice(keysym, choice, state, layout);
      return 0;
    }
    const spare = this.#spares.press(keysym);
    if (spare === undefined) {
      this.#connection.log.debug("a symbol can't be typed: no key is free for it");
      return 0;
    }
    if ("wait" in spare) return spare.wait;
    this.#withoutCapsLock(state, () => this.#pressKey(keysym, spare.keycode));
    return 0;
  }

  /** Releases the key with a scancode, or else the one that was pressed for a keysym. */
  release(keysym: number, scancode?: number): void {
    // Spares a question to the server where there can't be an answer.
    if (this.#pressed.size === 0) return;
    const keycode = this.#keycodeAt(scancode);
    if (keycode !== undefined) return this.#letGo(this.#pressedForKey(keycode));
    if (!isKeysym(keysym)) return;
    const pressedFor = this.#pressed.has(keysym) ? keysym : this.#pressedOnSameKey(keysym);
    if (pressedFor !== undefined) this.#letGo(pressedFor);
  }

  releaseAll(): void {
    for (const pressedFor of [...this.#pressed.keys()]) this.#letGo(pressedFor);
  }

  /** Leaves the keyboard as it was found. */
  close(): void {
    this.releaseAll();
    this.#spares.reset();
  }

  #pressChoice(keysym: number, choice: KeyChoice, state: number, layout: KeyboardLayout): void {
    const restore: { keycode: number; down: boolean }[] = [];
    const change = (keycode: number, down: boolean): void => {
      this.#fake(keycode, down);
      restore.unshift({ keycode, down: !down });
    };
    const different = (state ^ choice.modifiers) & layout.levelMask;
    for (let mask = 1; mask <= different; mask <<= 1) {
      if ((different & mask) === 0) continue;
      const keycodes = layout.modifierKeys(mask);
      if ((choice.modifiers & mask) !== 0) {
        if (keycodes[0] !== undefined) change(keycodes[0], true);
      } else {
        const down = this.#keysDown();
        for (const keycode of keycodes) if (down(keycode)) change(keycode, false);
      }
    }
    this.#pressKey(keysym, choice.keycode);
    for (const { keycode, down } of restore) this.#fake(keycode, down);
  }

  /** Clients make capitals of what a spare key types while Caps Lock is on. */
  #withoutCapsLock(state: number, press: () => void): void {
    const { display, libraries: { x11 } } = this.#connection;
    const lock = state & LOCK_MASK;
    if (lock !== 0) x11.XkbLockModifiers(display, USE_CORE_KEYBOARD, LOCK_MASK, 0);
    press();
    if (lock !== 0) x11.XkbLockModifiers(display, USE_CORE_KEYBOARD, LOCK_MASK, lock);
  }

  /**
   * A key that is pressed already is released first: the repetition of a viewer's keyboard. That
   * also keeps the server's own repetition, which sets in after a while, from doubling it. So is the
   * key that a repeated keysym was pressed on before other modifiers led to another one.
   */
  #pressKey(pressedFor: number, keycode: number): void {
    if ((this.#pressed.get(pressedFor) ?? keycode) !== keycode) this.#letGo(pressedFor);
    const isRepeated = [...this.#pressed.values()].includes(keycode);
    this.#pressed.set(pressedFor, keycode);
    if (isRepeated) {
      if (this.#currentLayout().isModifierKey(keycode)) return;
      this.#fake(keycode, false);
    }
    this.#fake(keycode, true);
  }

  #letGo(pressedFor: number): void {
    const keycode = this.#pressed.get(pressedFor);
    if (keycode === undefined) return;
    this.#pressed.delete(pressedFor);
    this.#fake(keycode, false);
    this.#spares.release(keycode);
  }

  /** The key with a scancode, if this keyboard has it and it types something. */
  #keycodeAt(scancode = 0): number | undefined {
    const keycode = evdevKeycode(scancode);
    if (keycode === undefined) return undefined;
    const layout = this.#currentLayout();
    return layout.hasEvdevKeycodes && layout.isUsed(keycode) ? keycode : undefined;
  }

  /** A viewer may have pressed a key by its keysym before it was told that scancodes are understood. */
  #pressedForKey(keycode: number): number {
    if (this.#pressed.has(-keycode)) return -keycode;
    return [...this.#pressed].find(([, pressed]) => pressed === keycode)?.[0] ?? -keycode;
  }

  /** For a viewer that pressed `A` and, Shift being up by then, releases `a`. */
  #pressedOnSameKey(keysym: number): number | undefined {
    const keycodes = this.#currentLayout().keycodesOf(keysym, queryPointer(this.#connection).mask);
    return [...this.#pressed].find(([, keycode]) => keycodes.includes(keycode))?.[0];
  }

  #fake(keycode: number, down: boolean): void {
    const { display, libraries: { xtst } } = this.#connection;
    xtst!.XTestFakeKeyEvent(display, keycode, down ? 1 : 0, 0n);
  }

  #keysDown(): (keycode: number) => boolean {
    const bits = new Uint8Array(32);
    this.#connection.libraries.x11.XQueryKeymap(this.#connection.display, bits);
    return (keycode) => (bits[keycode >> 3]! >> (keycode & 7) & 1) === 1;
  }

  #currentLayout(): KeyboardLayout {
    if (this.#layout === undefined) {
      this.#layout = new KeyboardLayout(
        this.#connection,
        (keycode, symbols) => this.#spares.hasMapped(keycode, symbols),
      );
      this.#spares.adopt(this.#layout);
    }
    return this.#layout;
  }

  #mappingChanged(event: DataView): void {
    const request = event.getInt32(XMappingEvent.request, LITTLE_ENDIAN);
    if (request === MAPPING_POINTER) return;
    const first = event.getInt32(XMappingEvent.first_keycode, LITTLE_ENDIAN);
    const count = event.getInt32(XMappingEvent.count, LITTLE_ENDIAN);
    if (count === 1 && this.#spares.has(first)) return;
    this.#connection.libraries.x11.XRefreshKeyboardMapping(
      new Uint8Array(event.buffer as ArrayBuffer),
    );
    this.#layout = undefined;
  }
}
