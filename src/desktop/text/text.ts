import type { Painter } from "../../frame/painter.ts";
import { CELL_WIDTH, glyphOf } from "./font.ts";

/** How text looks. */
export interface TextStyle {
  readonly colour: number;
  /** Every dot becomes a square of this size; 1 when left out. */
  readonly scale?: number;
  /** Strokes are one dot wider, and so are the cells. */
  readonly bold?: boolean;
}

/** How wide text is that is not bold, in pixels at scale 1. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += glyphOf(character.codePointAt(0)!).width;
  return width;
}

/** The text's first line, cut with an ellipsis where it is wider than `width` pixels at scale 1. */
export function fitText(text: string, width: number): string {
  const end = text.search(/[\r\n]/);
  const line = end < 0 ? text : text.slice(0, end);
  // No character is narrower than a cell, so a long text needn't be measured whole.
  const head = line.slice(0, 2 * Math.ceil(width / CELL_WIDTH) + 2);
  if (head.length === line.length && textWidth(line) <= width) return line;
  const characters = [...head];
  while (textWidth(characters.join("")) + CELL_WIDTH > width) characters.pop();
  return characters.join("") + "…";
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
    x += (bold ? width + 1 : width) * scale;
  }
}
