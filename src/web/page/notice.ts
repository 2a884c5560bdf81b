import { byId } from "./dom.ts";
import type { SessionState } from "./session.ts";
import { stateWords } from "./state_words.ts";

/** Milliseconds until connecting is worth a word. */
const PATIENCE = 400;

/** What stands over the desktop while it isn't connected: what goes on, and what can be done. */
export class Notice {
  readonly #element = byId("notice", HTMLElement);
  readonly #title = byId("notice-title", HTMLElement);
  readonly #why = byId("notice-why", HTMLElement);
  readonly #wait = byId("notice-wait", HTMLElement);
  readonly #button = byId("notice-button", HTMLButtonElement);
  #timer: number | undefined;

  /** @param act The button was pressed: connect, in whichever state it is. */
  constructor(act: () => void) {
    this.#button.addEventListener("click", act);
  }

  show(state: SessionState): void {
    clearTimeout(this.#timer);
    this.#title.textContent = stateWords(state);
    switch (state.name) {
      case "login":
      case "connected":
        this.#element.hidden = true;
        break;
      case "connecting":
        this.#fill(undefined, undefined);
        this.#element.hidden = true;
        this.#timer = setTimeout(() => this.#element.hidden = false, PATIENCE);
        break;
      case "disconnected":
        this.#fill(state.why, "Connect");
        break;
      case "reconnecting":
        this.#fill(state.why, state.wasConnected ? "Reconnect now" : "Try now");
        this.#button.disabled = state.nextTry === undefined;
        if (state.nextTry !== undefined) this.#count(state.nextTry);
        break;
    }
  }

  /** Lets the keyboard press its button, which may be all that is left to do. */
  focus(): void {
    this.#button.focus();
  }

  #fill(why: string | undefined, action: string | undefined): void {
    this.#element.hidden = false;
    this.#why.textContent = why ?? "";
    this.#wait.textContent = "";
    this.#button.textContent = action ?? "";
    this.#button.hidden = action === undefined;
    this.#button.disabled = false;
  }

  /** Counts the seconds down. */
  #count(nextTry: number): void {
    const left = Math.ceil((nextTry - performance.now()) / 1000);
    if (left < 1) return;
    this.#wait.textContent = `Next try in ${left} s`;
    this.#timer = setTimeout(
      () => this.#count(nextTry),
      nextTry - performance.now() - 1000 * (left - 1),
    );
  }
}
