import type { Painter } from "../../frame/painter.ts";
import { glyphOf } from "./font.ts";

/** How text looks. */
export interface TextStyle {
  readonly colour: number;
  /** Every dot becomes a square of this size; 1 when left out. */
  readonly scale?: number;
  /** Strokes are one dot wider. */
  readonly bold?: boolean;
}

/** How wide text is, in pixels at scale 1. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += glyphOf(character.codePointAt(0)!).width;
  return width;
}

/** Draws one line of text whose first cell has its top left corner at `x`, `y`. */
export function drawText(
  painter: Painter,
  x: number,
  y: number,
  text: string,
  { colour, scale = 1, bold = false }: TextStyle,
): void {
  for (const character of text) {
    const { width, rows } = glyphOf(character.codePointAt(0)!);
    painter.bits(x, y, width, rows, colour, scale);
    if (bold) painter.bits(x + scale, y, width, rows, colour, scale);
    x += width * scale;
  }
}
