import type { Framebuffer } from "../../frame/framebuffer.ts";
import { areaOf, intersect, type Rect } from "../../frame/rect.ts";
import { CELL, CONTENT, type Content } from "./content.ts";
import { classify } from "./kernels/classify.ts";

/** A part of a picture that shows one kind of content. */
export interface Piece {
  readonly rect: Rect;
  readonly content: Content;
}

/** Smaller ones cost more as rectangles of their own than they save, in bytes and in time. */
const MIN_SOLID_PIXELS = 16384;
/** The header alone of a JPEG file is as large as this many pixels without loss. */
const MIN_PHOTO_PIXELS = 1024;
/** The side of JPEG's blocks. */
const MIN_PHOTO_SIDE = 8;

/**
 * Cuts a rectangle within a picture into rectangles of one kind of content each.
 * @param lossy Whether photos may lose something, and text on them is to be spared that.
 */
export function cutByContent(picture: Framebuffer, rect: Rect, lossy: boolean): Piece[] {
  const grid = new Grid(picture, rect);
  // Small text in subpixels may look like text on a photo, but there is none.
  if (grid.has(CONTENT.Photo)) grid.completePhotos();
  else grid.replace(CONTENT.Captioned, CONTENT.Drawn);
  grid.replace(CONTENT.Smooth, CONTENT.Drawn);
  grid.replace(CONTENT.Colourful, CONTENT.Drawn);
  if (!lossy) grid.replace(CONTENT.Captioned, CONTENT.Photo);
  const pieces = [
    ...grid.take(CONTENT.Solid, isLargeSolid),
    ...grid.take(CONTENT.Photo, isLargePhoto),
    ...grid.take(CONTENT.Captioned),
  ];
  grid.replace(CONTENT.Solid, CONTENT.Drawn);
  grid.replace(CONTENT.Photo, CONTENT.Drawn);
  return [...pieces, ...grid.take(CONTENT.Drawn)];
}

function isLargeSolid(rect: Rect): boolean {
  return areaOf(rect) >= MIN_SOLID_PIXELS;
}

function isLargePhoto(rect: Rect): boolean {
  return areaOf(rect) >= MIN_PHOTO_PIXELS && Math.min(rect.width, rect.height) >= MIN_PHOTO_SIDE;
}

/** Not in the grid any more. */
const TAKEN = 255;

/** A rectangle of cells: the right and the bottom edge are excluded. */
interface Cells {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The cells of a rectangle that are in no piece yet. */
class Grid {
  readonly #picture: Framebuffer;
  readonly #area: Rect;
  readonly #columns: number;
  readonly #rows: number;
  readonly #contents: Uint8Array;

  constructor(picture: Framebuffer, area: Rect) {
    this.#picture = picture;
    this.#area = area;
    this.#columns = Math.ceil(area.width / CELL);
    this.#rows = Math.ceil(area.height / CELL);
    this.#contents = classify(picture, area);
  }

  /**
   * Cells without edges become photo where at least two of the four around them are; those of many
   * colours, a window's edge for example, are taken for captioned beside a photo.
   */
  completePhotos(): void {
    const contents = this.#contents;
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        const cell = row * this.#columns + column;
        const content = contents[cell];
        const isSmooth = content === CONTENT.Smooth || content === CONTENT.Solid;
        if (!isSmooth && content !== CONTENT.Colourful) continue;
        const photos = this.#photo(column - 1, row) + this.#photo(column + 1, row) +
          this.#photo(column, row - 1) + this.#photo(column, row + 1);
        if (isSmooth && photos >= 2) contents[cell] = CONTENT.Photo;
        else if (!isSmooth && photos >= 1) contents[cell] = CONTENT.Captioned;
      }
    }
  }

  /** 1 if there is a photo in a cell, 0 if there isn't, or no cell. */
  #photo(column: number, row: number): number {
    const inside = column >= 0 && column < this.#columns;
    return inside && this.#contents[row * this.#columns + column] === CONTENT.Photo ? 1 : 0;
  }

  has(content: Content): boolean {
    return this.#contents.includes(content);
  }

  replace(content: Content, by: Content): void {
    const contents = this.#contents;
    for (let cell = 0; cell < contents.length; cell++) {
      if (contents[cell] === content) contents[cell] = by;
    }
  }

  /** Takes rectangles of one content out of the grid; those that don't suffice stay. */
  take(content: Content, suffices: (rect: Rect) => boolean = () => true): Piece[] {
    const pieces: Piece[] = [];
    for (let top = 0; top < this.#rows; top++) {
      for (let left = 0; left < this.#columns; left++) {
        if (this.#contents[top * this.#columns + left] !== content) continue;
        const cells = this.#grow(left, top, content);
        const rect = this.#rectOf(cells);
        if (suffices(rect)) {
          this.#fill(cells, TAKEN);
          pieces.push({ rect, content });
        }
        left = cells.right - 1;
      }
    }
    return pieces;
  }

  /** The cells right of a cell that belong to it, and as many rows like that as there are below. */
  #grow(left: number, top: number, content: Content): Cells {
    const columns = this.#columns;
    // Solid cells belong together if they have the same colour.
    const colour = content === CONTENT.Solid ? this.#colourAt(left, top) : undefined;
    const belongs = (column: number, row: number) =>
      this.#contents[row * columns + column] === content &&
      (colour === undefined || this.#colourAt(column, row) === colour);
    let right = left + 1;
    while (right < columns && belongs(right, top)) right++;
    let bottom = top + 1;
    for (; bottom < this.#rows; bottom++) {
      let column = left;
      while (column < right && belongs(column, bottom)) column++;
      if (column < right) break;
    }
    return { left, top, right, bottom };
  }

  #colourAt(column: number, row: number): number {
    const { pixels, stride } = this.#picture;
    return pixels[(this.#area.y + row * CELL) * stride + this.#area.x + column * CELL]!;
  }

  #fill({ left, top, right, bottom }: Cells, value: number): void {
    for (let row = top; row < bottom; row++) {
      this.#contents.fill(value, row * this.#columns + left, row * this.#columns + right);
    }
  }

  #rectOf({ left, top, right, bottom }: Cells): Rect {
    return intersect(this.#area, {
      x: this.#area.x + left * CELL,
      y: this.#area.y + top * CELL,
      width: (right - left) * CELL,
      height: (bottom - top) * CELL,
    });
  }
}
