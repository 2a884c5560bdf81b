import type { Painter } from "../../../frame/painter.ts";
import type { Rect } from "../../../frame/rect.ts";
import { drawText } from "../../text/text.ts";
import { THEME } from "../../widgets/theme.ts";
import { type Changes, type PointerInput, Widget } from "../../widgets/widget.ts";

const TITLE_HEIGHT = 24;
const BORDER = 1;

/** A widget in a frame with a title, by which it can be dragged. */
export class Window extends Widget {
  readonly #title: string;
  readonly #content: Widget;

  constructor(title: string, content: Widget) {
    super(content.width + 2 * BORDER, content.height + TITLE_HEIGHT + BORDER);
    this.#title = title;
    this.#content = content;
  }

  override get isDirty(): boolean {
    return super.isDirty || this.#content.isDirty;
  }

  /** Whether a place in the window is on its title bar. */
  isTitle(y: number): boolean {
    return y < TITLE_HEIGHT;
  }

  draw(painter: Painter): void {
    painter.outline(this.bounds, THEME.border);
    const title = { x: BORDER, y: BORDER, width: this.width - 2 * BORDER };
    painter.fill({ ...title, height: TITLE_HEIGHT - 2 * BORDER }, THEME.title);
    painter.fill({ ...title, y: TITLE_HEIGHT - BORDER, height: BORDER }, THEME.border);
    painter.fill({ x: 9, y: 9, width: 6, height: 6 }, THEME.accent);
    drawText(painter, 24, 4, this.#title, { colour: THEME.titleText, bold: true });
    this.#content.draw(painter.within(this.#inner));
  }

  override pointer(input: PointerInput): void {
    const { x, y } = this.#inner;
    const inside = input.inside && !this.isTitle(input.y);
    this.#content.pointer({ ...input, x: input.x - x, y: input.y - y, inside });
  }

  override leave(): void {
    this.#content.leave();
  }

  override isText(x: number, y: number): boolean {
    return this.#content.isText(x - this.#inner.x, y - this.#inner.y);
  }

  override takeChanges(): Changes {
    const { x, y } = this.#inner;
    const own = super.takeChanges();
    const { region, moves } = this.#content.takeChanges();
    return {
      region: own.region.union(region.translate(x, y)),
      moves: moves.map((move) => ({
        ...move,
        to: { ...move.to, x: move.to.x + x, y: move.to.y + y },
      })),
    };
  }

  get #inner(): Rect {
    return { ...this.#content.bounds, x: BORDER, y: TITLE_HEIGHT };
  }
}
