import { moveByKeys } from "./arrow_keys.ts";
import { byId, keepFocus } from "./dom.ts";

/**
 * The bar at the top: it folds away, also by itself where the desktop is used behind it, and the arrow
 * keys move in it.
 */
export class Toolbar {
  readonly #toolbar = byId("toolbar", HTMLElement);
  readonly #handle = byId("handle", HTMLButtonElement);
  readonly #buttons = [...this.#toolbar.querySelectorAll<HTMLButtonElement>("button")];

  /**
   * @param unfolded Told when the user folds or unfolds it.
   * @param left The user leaves it, for the desktop.
   */
  constructor(unfolded: (isUnfolded: boolean) => void, left: () => void) {
    keepFocus(...this.#buttons);
    this.#handle.addEventListener("click", () => {
      this.isUnfolded = !this.isUnfolded;
      unfolded(this.isUnfolded);
    });
    moveByKeys(
      this.#toolbar,
      { next: "ArrowRight", previous: "ArrowLeft" },
      () => this.#usable,
    );
    this.#toolbar.addEventListener("focusin", ({ target }) => this.#setStop(target));
    this.#toolbar.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") left();
    });
    addEventListener("keydown", (event) => {
      const { ctrlKey, altKey, shiftKey, code } = event;
      if (!ctrlKey || !altKey || !shiftKey || code !== "KeyM") return;
      event.preventDefault();
      event.stopPropagation();
      this.isUnfolded = true;
      this.#usable[0]?.focus();
    }, { capture: true });
    this.#setStop(this.#buttons[0]);
  }

  get isUnfolded(): boolean {
    return this.#handle.ariaExpanded === "true";
  }

  set isUnfolded(isUnfolded: boolean) {
    this.#toolbar.classList.toggle("folded", !isUnfolded);
    this.#handle.ariaExpanded = String(isUnfolded);
    this.#handle.ariaLabel = isUnfolded ? "Hide toolbar" : "Show toolbar";
  }

  /** @param hasDesktop Whether there is one that the buttons could act on. */
  enable(hasDesktop: boolean, hasControl: boolean): void {
    for (const button of this.#buttons) {
      button.disabled = (button.matches(".needs-desktop") && !hasDesktop) ||
        (button.matches(".needs-control") && !hasControl);
    }
  }

  /** Folds it where it lies over something that is in use; only for now. */
  giveWay(element: Element): void {
    const isCovered = this.#toolbar.getBoundingClientRect().bottom >
      element.getBoundingClientRect().top;
    if (isCovered) this.isUnfolded = false;
  }

  get #usable(): HTMLButtonElement[] {
    return this.#buttons.filter((button) => !button.disabled && button.checkVisibility());
  }

  /** The Tab key stops at one of the buttons only. */
  #setStop(stop: EventTarget | null | undefined): void {
    for (const button of this.#buttons) button.tabIndex = button === stop ? 0 : -1;
  }
}
