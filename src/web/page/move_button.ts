import { byId } from "./dom.ts";

/** The button after which fingers move the view of a desktop that is larger than the window. */
export class MoveButton {
  readonly #button = byId("move", HTMLButtonElement);
  readonly #moved: (isMoving: boolean) => void;

  /** @param moved Told whether fingers move the view, or act on the desktop. */
  constructor(moved: (isMoving: boolean) => void) {
    this.#moved = moved;
    this.#button.addEventListener("click", () => this.#set(!this.isMoving));
  }

  get isMoving(): boolean {
    return this.#button.ariaPressed === "true";
  }

  /** @param isLarger Whether there is more of the desktop than the window shows. */
  offer(isLarger: boolean): void {
    this.#button.hidden = !isLarger;
    if (!isLarger) this.#set(false);
  }

  #set(isMoving: boolean): void {
    this.#button.ariaPressed = String(isMoving);
    this.#moved(isMoving);
  }
}
