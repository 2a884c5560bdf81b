import type { Painter } from "../../../frame/painter.ts";
import { drawText } from "../../text/text.ts";
import { THEME } from "../../widgets/theme.ts";
import { Widget } from "../../widgets/widget.ts";

/** How high the bar along the top is. */
const BAR_HEIGHT = 34;

const GRID = 24;

/** What lies behind all else: a dotted ground, and the bar along the top with the name. */
export class Backdrop extends Widget {
  draw(painter: Painter): void {
    painter.fill(this.bounds, THEME.backdrop);
    for (let y = BAR_HEIGHT + GRID / 2; y < this.height; y += GRID) {
      if (!painter.shows({ x: 0, y, width: this.width, height: 2 })) continue;
      for (let x = GRID / 2; x < this.width; x += GRID) {
        painter.fill({ x, y, width: 2, height: 2 }, THEME.backdropDots);
      }
    }
    painter.fill({ x: 0, y: 0, width: this.width, height: BAR_HEIGHT }, THEME.bar);
    painter.fill({ x: 0, y: BAR_HEIGHT - 2, width: this.width, height: 2 }, THEME.accent);
    drawText(painter, 24, 8, "vncd", { colour: THEME.accent, bold: true });
    drawText(painter, 76, 8, "demo desktop", { colour: THEME.barMuted });
  }
}
