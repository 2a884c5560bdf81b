import type { Painter } from "../../frame/painter.ts";
import { drawText, textWidth } from "../text/text.ts";
import { THEME } from "./theme.ts";
import { LEFT, type PointerInput, Widget } from "./widget.ts";

/** Something to click: it acts when the left button is let go on it. */
export class Button extends Widget {
  readonly #act: () => void;
  #label: string;
  #hovered = false;
  #pressed = false;

  constructor(width: number, label: string, act: () => void) {
    super(width, 24);
    this.#label = label;
    this.#act = act;
  }

  set label(text: string) {
    this.#label = text;
    this.invalidate();
  }

  draw(painter: Painter): void {
    const down = this.#pressed && this.#hovered;
    const ground = down ? THEME.accent : this.#hovered ? THEME.buttonHover : THEME.button;
    painter.fill(this.bounds, ground);
    painter.outline(this.bounds, this.#hovered ? THEME.accent : THEME.border);
    const x = Math.floor((this.width - textWidth(this.#label)) / 2);
    const colour = down ? THEME.border : THEME.barText;
    drawText(painter, x, down ? 5 : 4, this.#label, { colour });
  }

  override pointer({ inside, pressed, released }: PointerInput): void {
    const clicked = (released & LEFT) !== 0 && this.#pressed && inside;
    let down = this.#pressed;
    if (pressed & LEFT) down = inside;
    if (released & LEFT) down = false;
    this.#show(inside, down);
    if (clicked) this.#act();
  }

  override leave(): void {
    this.#show(false, false);
  }

  #show(hovered: boolean, pressed: boolean): void {
    if (hovered === this.#hovered && pressed === this.#pressed) return;
    this.#hovered = hovered;
    this.#pressed = pressed;
    this.invalidate();
  }
}
