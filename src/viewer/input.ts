import type { SharedDesktop } from "./shared_desktop.ts";

/** Keys that one viewer can hold pressed; nobody has that many fingers. */
const MAX_KEYS = 256;

/** One viewer's keys and pointer, and what it holds pressed. */
export class ViewerInput {
  readonly #desktop: Pick<SharedDesktop, "key" | "pointer">;
  readonly #keys = new Set<number>();
  #pointer = { x: 0, y: 0, buttons: 0 };

  constructor(desktop: Pick<SharedDesktop, "key" | "pointer">) {
    this.#desktop = desktop;
  }

  /** A KeyEvent; a repeated down without an up between is the key's autorepeat. */
  key(keysym: number, down: boolean): void {
    if (down) this.#hold(keysym);
    else this.#keys.delete(keysym);
    this.#desktop.key(keysym, down);
  }

  /** Viewers also forget keys, or release them as other keysyms: too old ones are let go. */
  #hold(keysym: number): void {
    const [oldest] = this.#keys;
    if (oldest !== undefined && this.#keys.size >= MAX_KEYS) this.key(oldest, false);
    this.#keys.add(keysym);
  }

  /** A PointerEvent. */
  pointer(x: number, y: number, buttons: number): void {
    this.#pointer = { x, y, buttons };
    this.#desktop.pointer(x, y, buttons);
  }

  /** Lets go of everything: the viewer is gone, and nobody else can release its keys. */
  release(): void {
    for (const keysym of this.#keys) this.#desktop.key(keysym, false);
    this.#keys.clear();
    const { x, y, buttons } = this.#pointer;
    if (buttons !== 0) this.pointer(x, y, 0);
  }
}
