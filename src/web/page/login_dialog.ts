// @ts-types="./novnc.d.ts"
import type { Credentials } from "@novnc/novnc";
import { byId } from "./dom.ts";

/** Asks for a password, and for a user name where that is of use. */
export class LoginDialog {
  readonly #dialog = byId("login", HTMLDialogElement);
  readonly #refusal = byId("login-refusal", HTMLElement);
  readonly #userField = byId("login-user-field", HTMLElement);
  readonly #user = byId("login-user", HTMLInputElement);
  readonly #password = byId("login-password", HTMLInputElement);
  readonly #connect = byId("login-connect", HTMLButtonElement);

  /**
   * @param entered Takes what was entered.
   * @param cancelled The user doesn't want to.
   */
  constructor(entered: (credentials: Credentials) => void, cancelled: () => void) {
    byId("login-host", HTMLElement).textContent = location.host;
    const form = this.#dialog.querySelector("form")!;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const username = this.#userField.hidden ? "" : this.#user.value;
      entered({ username, password: this.#password.value });
    });
    this.#dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      cancelled();
    });
  }

  /** @param refusal Why what was entered before didn't do. */
  show(asksName: boolean, refusal: string | undefined): void {
    this.#setBusy(false);
    this.#userField.hidden = !asksName;
    this.#refusal.textContent = refusal ?? "";
    if (!this.#dialog.open) this.#dialog.showModal();
    // Where there are only passwords, a refusal doesn't speak of names.
    const lacksName = asksName && /\bname\b/.test(refusal ?? "") && this.#user.value === "";
    const field = lacksName ? this.#user : this.#password;
    field.focus();
    field.select();
  }

  /** What was entered is on its way, if the dialog is open. */
  wait(): void {
    this.#refusal.textContent = "";
    this.#setBusy(true);
  }

  close(): void {
    this.#dialog.close();
    // The page remembers no password longer than its connection needs it.
    this.#password.value = "";
  }

  #setBusy(isBusy: boolean): void {
    this.#connect.disabled = isBusy;
    this.#connect.textContent = isBusy ? "Connecting…" : "Connect";
    this.#dialog.ariaBusy = String(isBusy);
  }
}
