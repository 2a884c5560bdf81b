import { Framebuffer } from "../../../frame/framebuffer.ts";
import type { Painter } from "../../../frame/painter.ts";
import { THEME } from "../../widgets/theme.ts";
import { Widget } from "../../widgets/widget.ts";

const MARGIN = 12;
const STRIP_HEIGHT = 24;

/** The strips from the top down: a colour for each place from 0 (left) to 1 (right). */
const STRIPS: readonly ((place: number) => number)[] = [
  (place) => level(place) << 16,
  (place) => level(place) << 8,
  (place) => level(place),
  (place) => level(place) * 0x010101,
  rainbow,
];

/** Smooth strips of colour, by which a viewer's pixel format can be judged by eye. */
export class Colours extends Widget {
  readonly #strips: Framebuffer;

  constructor(width: number) {
    const height = STRIPS.length * STRIP_HEIGHT;
    super(width, height + 2 * MARGIN);
    this.#strips = new Framebuffer(width - 2 * MARGIN, height);
    const { pixels, stride } = this.#strips;
    for (let i = 0; i < pixels.length; i++) {
      const colour = STRIPS[Math.floor(i / (stride * STRIP_HEIGHT))]!;
      pixels[i] = colour((i % stride) / (stride - 1));
    }
  }

  draw(painter: Painter): void {
    painter.fill(this.bounds, THEME.panel);
    painter.picture(this.#strips, MARGIN, MARGIN);
  }
}

/** A place from 0 to 1 as a colour's share, 0 to 255. */
function level(place: number): number {
  return Math.round(place * 255);
}

/** The colours of full saturation, red to red. */
function rainbow(place: number): number {
  const share = (shift: number) => {
    const distance = Math.abs(((place + shift) % 1) * 6 - 3);
    return level(Math.min(1, Math.max(0, distance - 1)));
  };
  return share(0) << 16 | share(2 / 3) << 8 | share(1 / 3);
}
