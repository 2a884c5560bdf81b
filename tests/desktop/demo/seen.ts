import type { Framebuffer } from "../../../src/frame/framebuffer.ts";
import { Framebuffer as Picture } from "../../../src/frame/framebuffer.ts";
import { Painter } from "../../../src/frame/painter.ts";
import { CELL_HEIGHT } from "../../../src/desktop/text/font.ts";
import { drawText } from "../../../src/desktop/text/text.ts";
import { THEME } from "../../../src/desktop/widgets/theme.ts";
import type { DemoDesktop } from "../../../src/desktop/demo/demo_desktop.ts";

/** A place on the screen. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where text of one colour can be read on a screen: the top left corner of its first cell. */
export function findText(
  screen: Framebuffer,
  text: string,
  colour: number = THEME.text,
  bold = false,
): Place | undefined {
  const wanted = new Picture(text.length * 17, CELL_HEIGHT);
  drawText(new Painter(wanted), 0, 0, text, { colour: 1, bold });
  const ink = [...wanted.pixels.keys()].filter((i) => wanted.pixels[i] === 1)
    .map((i) => ({ x: i % wanted.width, y: Math.floor(i / wanted.width) }));
  const width = Math.max(...ink.map(({ x }) => x)) + 1;
  const { pixels, stride } = screen;
  const isInk = (x: number, y: number) => pixels[y * stride + x] === colour;
  const first = ink[0]!;
  for (let at = pixels.indexOf(colour); at >= 0; at = pixels.indexOf(colour, at + 1)) {
    const [x, y] = [at % stride - first.x, Math.floor(at / stride) - first.y];
    if (x < 0 || y < 0 || x + width > screen.width || y + CELL_HEIGHT > screen.height) continue;
    if (!ink.every((dot) => isInk(x + dot.x, y + dot.y))) continue;
    let dots = 0;
    for (let row = 0; row < CELL_HEIGHT; row++) {
      for (let column = 0; column < width; column++) {
        if (isInk(x + column, y + row)) dots++;
      }
    }
    if (dots === ink.length) return { x, y };
  }
  return undefined;
}

/** Brings the screen up to date and tells whether text can be read on it. */
export function shows(desktop: DemoDesktop, text: string, colour?: number): boolean {
  desktop.grab();
  return findText(desktop.screen, text, colour) !== undefined;
}

/** The place of text that must be there. */
export function placeOf(
  desktop: DemoDesktop,
  text: string,
  colour: number = THEME.text,
  bold = false,
): Place {
  desktop.grab();
  const place = findText(desktop.screen, text, colour, bold);
  if (place === undefined) throw new Error(`"${text}" is not on the screen`);
  return place;
}

/** The place of a window's title. */
export function titleOf(desktop: DemoDesktop, title: string): Place {
  return placeOf(desktop, title, THEME.titleText, true);
}

/** Presses and releases the keys that type a text. */
export function type(desktop: DemoDesktop, text: string): void {
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    const keysym = character === "\n"
      ? 0xff0d
      : codePoint < 0x100
      ? codePoint
      : 0x01000000 + codePoint;
    press(desktop, keysym);
  }
}

export function press(desktop: DemoDesktop, ...keysyms: number[]): void {
  for (const keysym of keysyms) desktop.key(keysym, true);
  for (const keysym of keysyms.reverse()) desktop.key(keysym, false);
}

/** Moves to a place and clicks a little inside of it. */
export function click(desktop: DemoDesktop, { x, y }: Place, button = 1): void {
  desktop.pointer(x + 3, y + 5, 0);
  desktop.pointer(x + 3, y + 5, button);
  desktop.pointer(x + 3, y + 5, 0);
}

/** Drags from one place to another by a step between. */
export function drag(desktop: DemoDesktop, from: Place, to: Place, button = 1): void {
  desktop.pointer(from.x, from.y, 0);
  desktop.pointer(from.x, from.y, button);
  desktop.pointer(Math.floor((from.x + to.x) / 2), Math.floor((from.y + to.y) / 2), button);
  desktop.pointer(to.x, to.y, button);
  desktop.pointer(to.x, to.y, 0);
}

/** The colour of a pixel. */
export function pixelAt({ pixels, stride }: Framebuffer, { x, y }: Place): number {
  return pixels[y * stride + x]!;
}
