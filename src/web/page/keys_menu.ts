import { moveByKeys } from "./arrow_keys.ts";
import { byId, keepFocus } from "./dom.ts";
import { KEY, type Key, MODIFIER } from "./keysyms.ts";

const PRESSED: Readonly<Record<string, readonly Key[]>> = {
  "ctrl-alt-del": [MODIFIER.Control, MODIFIER.Alt, KEY.Delete],
  super: [MODIFIER.Super],
  tab: [KEY.Tab],
  esc: [KEY.Escape],
};

const HELD: Readonly<Record<string, Key>> = { ctrl: MODIFIER.Control, alt: MODIFIER.Alt };

/** A key goes down or up. */
type SendKey = (key: Key, isDown: boolean) => void;

/** The menu of keys that a keyboard lacks, or that the browser or the system takes for itself. */
export class KeysMenu {
  readonly #menu = byId("keys-menu", HTMLElement);
  readonly #button = byId("keys", HTMLButtonElement);
  readonly #send: SendKey;
  readonly #held = new Set<HTMLElement>();

  constructor(send: SendKey) {
    this.#send = send;
    const items = [...this.#menu.querySelectorAll<HTMLElement>("button")];
    keepFocus(...items);
    for (const item of items) {
      const { key, hold } = item.dataset;
      if (key !== undefined) item.addEventListener("click", () => this.#press(PRESSED[key]!));
      if (hold !== undefined) {
        item.addEventListener("click", () => this.#hold(item, !this.#held.has(item)));
      }
    }
    moveByKeys(
      this.#menu,
      { next: "ArrowDown", previous: "ArrowUp" },
      () => items.filter((item) => item.checkVisibility()),
    );
  }

  /** Lets go of all keys. */
  release(): void {
    for (const item of this.#held) this.#hold(item, false);
  }

  #press(keys: readonly Key[]): void {
    for (const key of keys) this.#send(key, true);
    for (const key of keys.toReversed()) this.#send(key, false);
  }

  #hold(item: HTMLElement, isDown: boolean): void {
    if (isDown) this.#held.add(item);
    else this.#held.delete(item);
    this.#send(HELD[item.dataset.hold!]!, isDown);
    item.ariaChecked = String(isDown);
    this.#button.classList.toggle("active", this.#held.size > 0);
  }
}
