import type { DesktopListener, SharedDesktop } from "./shared_desktop.ts";

/** Keys that one viewer can hold pressed; nobody has that many fingers. */
const MAX_KEYS = 256;

/** A key as viewers name it: by what it types, and by which key it is where they know that. */
interface Key {
  readonly keysym: number;
  readonly scancode: number | undefined;
}

/** One viewer's keys and pointer, and what it holds pressed. */
export class ViewerInput {
  readonly #desktop: Pick<SharedDesktop, "key" | "pointer" | "movePointer">;
  readonly #viewer: DesktopListener;
  /** By {@linkcode identityOf}. */
  readonly #keys = new Map<number, Key>();
  #buttons = 0;

  /** @param viewer Whose input it is. */
  constructor(
    desktop: Pick<SharedDesktop, "key" | "pointer" | "movePointer">,
    viewer: DesktopListener,
  ) {
    this.#desktop = desktop;
    this.#viewer = viewer;
  }

  /**
   * A KeyEvent, or a QEMU Extended Key Event with a scancode. A repeated down without an up between is
   * the key's autorepeat.
   */
  key(keysym: number, down: boolean, scancode?: number): void {
    const key = { keysym, scancode };
    if (down) this.#hold(key);
    // It may have been pressed before the viewer was told that scancodes are understood.
    else if (!this.#keys.delete(identityOf(key))) this.#keys.delete(keysym);
    this.#desktop.key(keysym, down, scancode);
  }

  /** Viewers also forget keys, or release them as other keysyms: too old ones are let go. */
  #hold(key: Key): void {
    const [oldest] = this.#keys.values();
    if (oldest !== undefined && this.#keys.size >= MAX_KEYS) {
      this.key(oldest.keysym, false, oldest.scancode);
    }
    this.#keys.set(identityOf(key), key);
  }

  /** A PointerEvent. */
  pointer(x: number, y: number, buttons: number): void {
    this.#buttons = buttons;
    this.#desktop.pointer(x, y, buttons, this.#viewer);
  }

  /** A PointerEvent of a viewer that sends how far the pointer went. */
  movePointer(dx: number, dy: number, buttons: number): void {
    this.#buttons = buttons;
    this.#desktop.movePointer(dx, dy, buttons);
  }

  /** Lets go of everything: the viewer is gone, and nobody else can release its keys. */
  release(): void {
    for (const { keysym, scancode } of this.#keys.values()) {
      this.#desktop.key(keysym, false, scancode);
    }
    this.#keys.clear();
    if (this.#buttons !== 0) this.movePointer(0, 0, 0);
  }
}

/** The same for a key's down and up: its scancode, negative so that it is no keysym, or its keysym. */
function identityOf({ keysym, scancode }: Key): number {
  return scancode === undefined ? keysym : -scancode;
}
