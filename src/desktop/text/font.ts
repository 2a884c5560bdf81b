import { GLYPHS, MARKS, SMALL_DIGITS } from "./glyphs.ts";

/** A cell of the font, in pixels. */
export const CELL_WIDTH = 8;
export const CELL_HEIGHT = 16;

/** A character's picture: a bit for each pixel of a row, the leftmost in bit `width - 1`. */
export interface Glyph {
  /** 8, or 16 for a box that names a character the font lacks. */
  readonly width: number;
  /** {@linkcode CELL_HEIGHT} rows from the top. */
  readonly rows: readonly number[];
}

/** Where the font's pictures begin in their cell. */
const TOP = 2;
/** Small letters are drawn below this row, and what is above it is free for their marks. */
const SMALL_TOP = 5;
const CEDILLA = 0x327;
const OGONEK = 0x328;

const PLAIN = parse(GLYPHS, CELL_WIDTH);
const MARK = parse(MARKS, CELL_WIDTH);
const SMALL = parse(SMALL_DIGITS, 4);
const EMPTY: Glyph = { width: CELL_WIDTH, rows: new Array(CELL_HEIGHT).fill(0) };

/** The glyphs made so far; boxes are left out, so it can't grow beyond the font. */
const known = new Map<number, Glyph>([[0x20, EMPTY], [0xa0, EMPTY]]);

/** The picture of a character: the font's own, a letter with its mark, or a box with its number. */
export function glyphOf(codePoint: number): Glyph {
  const glyph = known.get(codePoint) ?? plain(codePoint) ?? accented(codePoint);
  if (glyph === undefined) return box(codePoint);
  known.set(codePoint, glyph);
  return glyph;
}

function plain(codePoint: number): Glyph | undefined {
  const picture = PLAIN.get(codePoint);
  return picture && { width: CELL_WIDTH, rows: place(picture, TOP) };
}

/** Reads a sheet of `glyphs.ts`: pictures by code point, a bit a pixel, the first column highest. */
function parse(sheet: string, columns: number): Map<number, number[]> {
  const pictures = new Map<number, number[]>();
  let names: number[] = [];
  for (const line of sheet.trim().split("\n")) {
    const parts = line.split(/ +/);
    if (/^[#.]{3,}$/.test(parts[0]!)) {
      for (const [i, part] of parts.entries()) {
        const bits = [...part].reduce((sum, dot) => sum * 2 + (dot === "#" ? 1 : 0), 0);
        pictures.get(names[i]!)!.push(bits << (columns - part.length));
      }
    } else {
      names = parts.map((name) => name.length === 1 ? name.charCodeAt(0) : parseInt(name, 16));
      for (const name of names) pictures.set(name, []);
    }
  }
  return pictures;
}

/** The rows of a cell, empty but for a picture from row `top` down. */
function place(picture: readonly number[], top: number): number[] {
  const rows = [...EMPTY.rows];
  for (const [i, bits] of picture.entries()) {
    if (bits !== 0) rows[top + i] = bits;
  }
  return rows;
}

/** A letter with the mark above or below it that Unicode decomposes it to; a mark alone has a space. */
function accented(codePoint: number): Glyph | undefined {
  const [letter, mark, ...more] = String.fromCodePoint(codePoint).normalize("NFKD");
  if (letter === undefined || mark === undefined || more.length > 0) return undefined;
  const markCode = mark.codePointAt(0)!;
  const markRows = MARK.get(markCode);
  const below = markCode === CEDILLA || markCode === OGONEK;
  const base = letter === "i" && !below ? "ı" : letter;
  const rows = (known.get(base.codePointAt(0)!) ?? plain(base.codePointAt(0)!))?.rows;
  if (rows === undefined || markRows === undefined) return undefined;
  const small = rows.findIndex((bits) => bits !== 0) >= SMALL_TOP;
  const top = below ? 12 : small ? 2 : 0;
  return { width: CELL_WIDTH, rows: rows.map((bits, i) => bits | (markRows[i - top] ?? 0)) };
}

/** A frame around the code point in hexadecimal, half of the digits above the other half. */
function box(codePoint: number): Glyph {
  const digits = codePoint.toString(16).toUpperCase().padStart(4, "0");
  const half = Math.ceil(digits.length / 2);
  const rows = [...EMPTY.rows];
  // A margin of one pixel, then the frame's line, then the digits: 4 pixels each, 5 rows a half.
  rows[1] = rows[15] = 0x7fff;
  for (let row = 2; row < 15; row++) rows[row] = 0x4001;
  const left = half === 2 ? 5 : 2;
  for (const [i, digit] of [...digits.padStart(half * 2, "0")].entries()) {
    const top = i < half ? 3 : 9;
    const shift = 16 - 4 - left - 4 * (i % half);
    for (const [y, bits] of SMALL.get(digit.charCodeAt(0))!.entries()) {
      rows[top + y]! |= bits << shift;
    }
  }
  return { width: 2 * CELL_WIDTH, rows };
}
