import { Framebuffer } from "../../../frame/framebuffer.ts";
import { Painter } from "../../../frame/painter.ts";
import { intersect, isEmpty, type Rect } from "../../../frame/rect.ts";
import { drawText } from "../../text/text.ts";
import { THEME } from "../../widgets/theme.ts";
import { LEFT, MIDDLE, type PointerInput, RIGHT, Widget } from "../../widgets/widget.ts";

const PALETTE = [
  0x22303c,
  0xe4572e,
  0xf2a516,
  0x6fae3f,
  0x17a398,
  0x2b7fb8,
  0x8d5aa5,
  0xffffff,
] as const;

/** A pointer button and the colour that it paints with. */
interface Pen {
  readonly button: number;
  readonly name: string;
  colour: number;
}

const SWATCH = 36;
const BRUSH = 3;

/** A sheet to paint on, with a palette: a click with a button gives that button the colour. */
export class Paint extends Widget {
  readonly #pens: readonly Pen[] = [
    { button: LEFT, name: "L", colour: PALETTE[5] },
    { button: MIDDLE, name: "M", colour: PALETTE[3] },
    { button: RIGHT, name: "R", colour: PALETTE[1] },
  ];
  readonly #sheet: Framebuffer;
  /** Where a line that is being painted goes on from. */
  #last: { x: number; y: number; pen: Pen } | undefined;

  constructor(width: number) {
    super(width, PALETTE.length * SWATCH);
    this.#sheet = new Framebuffer(width - SWATCH - 1, this.height);
    const painter = new Painter(this.#sheet);
    painter.fill(this.#sheet.bounds, 0xffffff);
    drawText(painter, 12, 8, "Draw with any button; pick its colour", { colour: THEME.faint });
  }

  draw(painter: Painter): void {
    for (const [i, colour] of PALETTE.entries()) {
      const y = i * SWATCH;
      painter.fill({ x: 0, y, width: SWATCH, height: SWATCH }, colour);
      const pen = this.#pens.filter((pen) => pen.colour === colour).map(({ name }) => name);
      const ink = colour === 0xffffff ? THEME.text : 0xffffff;
      drawText(painter, SWATCH / 2 - 4 * pen.length, y + 10, pen.join(""), {
        colour: ink,
        bold: true,
      });
    }
    painter.fill({ x: SWATCH, y: 0, width: 1, height: this.height }, THEME.border);
    painter.picture(this.#sheet, SWATCH + 1, 0);
  }

  override pointer(input: PointerInput): void {
    const { x, y, buttons, pressed, inside } = input;
    const pen = this.#pens.find(({ button }) => pressed & button);
    if (pen !== undefined && inside) {
      if (x < SWATCH) this.#choose(pen, PALETTE[Math.floor(y / SWATCH)]!);
      else this.#last = { x, y, pen };
    }
    if (this.#last === undefined) return;
    this.#line(this.#last, input, this.#last.pen.colour);
    this.#last = buttons & this.#last.pen.button ? { x, y, pen: this.#last.pen } : undefined;
  }

  #choose(pen: Pen, colour: number): void {
    pen.colour = colour;
    this.invalidate({ x: 0, y: 0, width: SWATCH, height: this.height });
  }

  /** Paints a line by squares along its longer side. */
  #line(from: { x: number; y: number }, to: { x: number; y: number }, colour: number): void {
    const painter = new Painter(this.#sheet, this.#sheet.bounds, -SWATCH - 1, 0);
    const half = (BRUSH - 1) / 2;
    const steps = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y), 1);
    for (let i = 0; i <= steps; i++) {
      const x = Math.round(from.x + (to.x - from.x) * i / steps) - half;
      const y = Math.round(from.y + (to.y - from.y) * i / steps) - half;
      painter.fill({ x, y, width: BRUSH, height: BRUSH }, colour);
    }
    const touched: Rect = {
      x: Math.min(from.x, to.x) - half,
      y: Math.min(from.y, to.y) - half,
      width: Math.abs(to.x - from.x) + BRUSH,
      height: Math.abs(to.y - from.y) + BRUSH,
    };
    const seen = intersect(touched, { ...this.#sheet.bounds, x: SWATCH + 1 });
    if (!isEmpty(seen)) this.invalidate(seen);
  }
}
