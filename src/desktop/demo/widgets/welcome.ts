import type { Painter } from "../../../frame/painter.ts";
import { drawText } from "../../text/text.ts";
import { THEME } from "../../widgets/theme.ts";
import { Widget } from "../../widgets/widget.ts";

const INTRODUCTION = [
  "Your viewer is connected. No display was found or asked",
  "for, so this is vncd's demo desktop: it is all yours.",
];

const THINGS_TO_TRY: readonly (readonly [what: string, how: string])[] = [
  ["Type", "and it appears in the note pad"],
  ["Click", "to paint; drag windows by their titles"],
  ["Scroll", "the note pad when it is full"],
  ["Copy", "the note with the button; Ctrl+V pastes"],
];

/** Says what this is and what to do with it. */
export class Welcome extends Widget {
  draw(painter: Painter): void {
    painter.fill(this.bounds, THEME.panel);
    drawText(painter, 14, 4, "vncd", { colour: THEME.title, scale: 3, bold: true });
    const beside = { colour: THEME.muted };
    drawText(painter, 140, 14, "one file shares a desktop", beside);
    drawText(painter, 140, 30, "with any VNC viewer", beside);
    painter.fill({ x: 16, y: 57, width: this.width - 32, height: 1 }, THEME.line);
    for (const [i, line] of INTRODUCTION.entries()) {
      drawText(painter, 16, 66 + 18 * i, line, { colour: THEME.text });
    }
    for (const [i, [what, how]] of THINGS_TO_TRY.entries()) {
      const y = 112 + 18 * i;
      drawText(painter, 16, y, what, { colour: THEME.title, bold: true });
      drawText(painter, 88, y, how, { colour: THEME.text });
    }
  }
}
