import type { Rect } from "../../../frame/rect.ts";
import type { Logger } from "../../../log.ts";
import { sendAttention } from "./attention.ts";
import { ForegroundRights } from "./foreground_rights.ts";
import { Keyboard } from "./keyboard.ts";
import type { Libraries } from "../libraries.ts";
import { Pointer } from "./pointer.ts";
import type { PointerWatch } from "./pointer_watch.ts";

const REFUSED =
  "Windows takes no input from vncd now: it shows its lock screen, asks for permission, " +
  "or what is in front has more rights. A service reaches all that: vncd service install";

/** Keyboard and pointer. */
export class Input {
  readonly #keyboard: Keyboard;
  readonly #pointer: Pointer;
  readonly #rights: ForegroundRights;
  readonly #log: Logger;
  /** What has been told. */
  readonly #told = new Set<string>();

  constructor(libraries: Libraries, watch: PointerWatch, log: Logger) {
    this.#keyboard = new Keyboard(libraries, () => {
      const failure = sendAttention(libraries);
      if (failure !== undefined) this.#tellOnce(failure);
    });
    this.#pointer = new Pointer(libraries, watch);
    this.#rights = new ForegroundRights(libraries, log);
    this.#log = log;
  }

  key(keysym: number, down: boolean, scancode?: number): void {
    if (down) this.#check(this.#keyboard.press(keysym, scancode));
    else this.#check(this.#keyboard.release(keysym, scancode));
  }

  /** @param area The virtual screen. */
  pointer(x: number, y: number, buttons: number, area: Rect): void {
    this.#check(this.#pointer.set(x, y, buttons, area));
  }

  /** @param area The virtual screen. */
  movePointer(dx: number, dy: number, buttons: number, area: Rect): void {
    this.#check(this.#pointer.moveBy(dx, dy, buttons, area));
  }

  /** Releases all keys and buttons. */
  releaseAll(): void {
    this.#keyboard.releaseAll();
    this.#pointer.releaseAll();
  }

  #check(isTaken: boolean): void {
    this.#rights.look();
    if (!isTaken) this.#tellOnce(REFUSED);
  }

  #tellOnce(message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#log.info(message);
  }
}
