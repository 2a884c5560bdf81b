import { byId } from "./dom.ts";
import { KEY, keysymOf, MODIFIER } from "./keysyms.ts";
import { editOf } from "./typed_text.ts";

/** So that backspace always finds something to remove; a letter's neighbour in no language. */
const FILLER = "·".repeat(50);

/** From here on the field is emptied, when no word is being composed. */
const LONG = 200;

/** A key goes down or up; or both, one after the other. */
type Press = (keysym: number, code: string | null, isDown?: boolean) => void;

/** iPhones put the keyboard over the page; others make the page smaller. */
function keepInSight(element: HTMLElement): void {
  visualViewport?.addEventListener("resize", () => {
    const { height, scale } = visualViewport!;
    element.style.bottom = scale === 1 ? `${Math.max(0, innerHeight - height)}px` : "";
  });
}

/** The on-screen keyboard of a phone: a text field that nobody sees, whose changes become keys. */
export class TouchKeyboard {
  readonly #field = byId("touch-text", HTMLTextAreaElement);
  readonly #button = byId("keyboard", HTMLButtonElement);
  readonly #press: Press;
  readonly #shown: () => void;
  #before = FILLER;

  /** @param shown Told when it comes and goes. */
  constructor(press: Press, shown: () => void) {
    this.#press = press;
    this.#shown = shown;
    const field = this.#field;
    field.addEventListener("input", (event) => {
      this.#changed();
      // Backspace doesn't always come as a key.
      const { isComposing } = event as InputEvent;
      if (!isComposing && field.value.length < FILLER.length / 2) this.#reset();
    });
    field.addEventListener("compositionend", () => this.#changed());
    field.addEventListener("keydown", (event) => this.#keyDown(event));
    field.addEventListener("focus", () => {
      this.#reset();
      this.#tell(true);
    });
    field.addEventListener("blur", () => this.#tell(false));
    this.#button.addEventListener("click", () => this.#toggle());
    byId("keyboard-item", HTMLButtonElement).addEventListener("click", () => {
      byId("keys-menu", HTMLElement).hidePopover();
      this.#toggle();
    });
    keepInSight(byId("desktop", HTMLElement));
  }

  get isShown(): boolean {
    return document.activeElement === this.#field;
  }

  /** Puts it up, or away. Must happen while a touch is handled, or the browser shows none. */
  #toggle(): void {
    if (this.isShown) this.#field.blur();
    else this.#field.focus({ preventScroll: true });
  }

  #tell(isShown: boolean): void {
    this.#button.ariaPressed = String(isShown);
    this.#shown();
  }

  #reset(): void {
    this.#field.value = FILLER;
    this.#field.setSelectionRange(FILLER.length, FILLER.length);
    this.#before = FILLER;
  }

  #changed(): void {
    const after = this.#field.value;
    const { backspaces, text } = editOf(this.#before, after);
    this.#before = after;
    for (let i = 0; i < backspaces; i++) this.#press(KEY.Backspace.keysym, null);
    for (const character of text) this.#press(keysymOf(character), null);
  }

  /** A key without a character; it changes nothing in the field, or not what it is to change. */
  #keyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.ctrlKey && !event.altKey && event.key.length === 1) {
      this.#shortcut(event);
      return;
    }
    const key = Object.entries(KEY).find(([name]) => name === event.key)?.[1];
    const { length } = this.#field.value;
    // What is as good as empty, or long, begins anew, where no suggestion depends on it.
    if (key !== undefined && (length < FILLER.length / 2 || length > LONG)) this.#reset();
    if (key === undefined || key === KEY.Backspace) return;
    event.preventDefault();
    this.#press(key.keysym, key.code);
  }

  /** Of a keyboard with keys, as tablets have; the field's own would select and cut what is in it. */
  #shortcut(event: KeyboardEvent): void {
    event.preventDefault();
    const { keysym, code } = MODIFIER.Control;
    this.#press(keysym, code, true);
    this.#press(keysymOf(event.key), event.code);
    this.#press(keysym, code, false);
  }
}
