import type { DamageHint } from "../../frame/damage.ts";
import { Framebuffer } from "../../frame/framebuffer.ts";
import { Painter } from "../../frame/painter.ts";
import { Region } from "../../frame/region.ts";
import type { Desktop, Screen } from "../desktop.ts";
import { onlyScreen } from "../screens.ts";
import { drawText, textWidth } from "../text/text.ts";

const BACKGROUND = 0x1f2933;
const HEADING = 0xf5f7fa;
const TEXT = 0x9aa5b1;

/** A plain screen that tells why there is no desktop; it takes no input and never changes. */
export class StatusDesktop implements Desktop {
  readonly title = "no desktop";
  readonly screen: Framebuffer;
  readonly screens: readonly Screen[];
  readonly cursor = undefined;
  readonly pointerPosition = undefined;
  readonly leds = undefined;

  /** @param lines The first is the heading. */
  constructor(width: number, height: number, lines: readonly string[]) {
    this.screen = new Framebuffer(width, height);
    this.screens = onlyScreen(this.screen);
    const painter = new Painter(this.screen);
    painter.fill(this.screen.bounds, BACKGROUND);
    let y = Math.floor(height / 2) - 16 * lines.length;
    for (const [index, text] of lines.entries()) {
      const scale = index === 0 ? 2 : 1;
      const x = Math.max(8, Math.floor((width - textWidth(text) * scale) / 2));
      drawText(painter, x, y, text, { colour: index === 0 ? HEADING : TEXT, scale });
      y += index === 0 ? 48 : 24;
    }
  }

  watch(): void {}

  unwatch(): void {}

  grab(): DamageHint {
    return { region: Region.of(this.screen.bounds), moves: [] };
  }

  key(): void {}
  pointer(): void {}
  movePointer(): void {}
  setClipboard(): void {}
  close(): void {}
}
