import type { Connection } from "./connection.ts";
import { isKeysym } from "./keysyms.ts";
import { KeyboardLayout, type KeyChoice, LOCK_MASK } from "./keyboard_layout.ts";
import { SpareKeys } from "./spare_keys.ts";
import { LITTLE_ENDIAN, outInt, outLong, XMappingEvent } from "./structs.ts";

const MAPPING_NOTIFY = 34;
const MAPPING_POINTER = 2;
const USE_CORE_KEYBOARD = 0x100;

/** Types keysyms through XTEST, on the keyboard as it is mapped now. */
export class Keyboard {
  readonly #connection: Connection;
  /** By keysym: the key that was pressed for it. */
  readonly #pressed = new Map<number, number>();
  #layout: KeyboardLayout | undefined;
  readonly #spares: SpareKeys;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#spares = new SpareKeys(connection);
    connection.on(MAPPING_NOTIFY, (event) => this.#mappingChanged(event));
  }

  /**
   * Presses the key that types a keysym.
   * @returns Milliseconds after which to call again, because no key is free for it; 0 when done.
   */
  press(keysym: number): number {
    if (!isKeysym(keysym)) return 0;
    const state = this.#modifierState();
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

  /** Releases the key that was pressed for a keysym. */
  release(keysym: number): void {
    // Spares a question to the server where there can't be an answer.
    if (this.#pressed.size === 0 || !isKeysym(keysym)) return;
    const pressedFor = this.#pressed.has(keysym) ? keysym : this.#pressedOnSameKey(keysym);
    if (pressedFor === undefined) return;
    const keycode = this.#pressed.get(pressedFor)!;
    this.#pressed.delete(pressedFor);
    this.#fake(keycode, false);
    this.#spares.release(keycode);
  }

  releaseAll(): void {
    for (const keysym of [...this.#pressed.keys()]) this.release(keysym);
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
  #pressKey(keysym: number, keycode: number): void {
    if ((this.#pressed.get(keysym) ?? keycode) !== keycode) this.release(keysym);
    const isRepeated = [...this.#pressed.values()].includes(keycode);
    this.#pressed.set(keysym, keycode);
    if (isRepeated) {
      if (this.#currentLayout().isModifierKey(keycode)) return;
      this.#fake(keycode, false);
    }
    this.#fake(keycode, true);
  }

  /** For a viewer that pressed `A` and, Shift being up by then, releases `a`. */
  #pressedOnSameKey(keysym: number): number | undefined {
    const keycodes = this.#currentLayout().keycodesOf(keysym, this.#modifierState());
    return [...this.#pressed].find(([, keycode]) => keycodes.includes(keycode))?.[0];
  }

  #fake(keycode: number, down: boolean): void {
    const { display, libraries: { xtst } } = this.#connection;
    xtst!.XTestFakeKeyEvent(display, keycode, down ? 1 : 0, 0n);
  }

  /** The core modifier state, with the keyboard's group. */
  #modifierState(): number {
    const { display, root, libraries: { x11 } } = this.#connection;
    const mask = outInt();
    x11.XQueryPointer(
      ...[display, root, outLong(), outLong(), outInt(), outInt(), outInt(), outInt()] as const,
      mask,
    );
    return mask[0]!;
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
