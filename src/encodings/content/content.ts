import type { Framebuffer } from "../../frame/framebuffer.ts";
import { placeOf } from "../../frame/hash.ts";

/** Pixels on each side of the squares whose content is looked at; JPEG's blocks fit into them. */
export const CELL = 16;

/** What a cell shows. */
export const CONTENT = {
  /** Text, icons, widgets and their gradients: much that repeats. */
  Drawn: 0,
  /** One colour. */
  Solid: 1,
  /** Hardly a pixel like the next: photos, video, noise. */
  Photo: 2,
  /** Text on a photo. */
  Captioned: 3,
} as const;

export type Content = typeof CONTENT[keyof typeof CONTENT];

// Measured on photos (sharp, blurred, of low quality), noise, and text in many fonts, sizes and
// colours, with and without subpixel smoothing. Shares of the pixels that are looked at.

/** Pixels that repeat a neighbour: as many as this are in text, and in the smoothest of photos, ... */
const REPEATS_OF_DRAWN = 0.6;
/** ... less are in no text on even ground; between them, photos have many colours and no edges. */
const REPEATS_OF_PHOTO = 0.3;
const COLOURS_OF_PHOTO = 0.12;
const EDGES_OF_SMOOTH_PHOTO = 0.03;
/** Text on a photo: many pixels of one colour, and many edges. Finds about half of its cells. */
const MOST_FREQUENT_OF_TEXT = 0.04;
const EDGES_OF_TEXT = 0.08;

/** The difference of neighbours, all three channels added, that makes an edge. */
const EDGE = 64;

/** Every other row tells enough. */
const ROW_STEP = 2;

/** Colours are counted in a hash table that doesn't care for collisions. */
const BUCKET_BITS = 10;

/** Classifies the cells of a picture, row by row; those at the right and bottom may be smaller. */
export function classify(picture: Framebuffer): Uint8Array {
  const { width, height } = picture;
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const contents = new Uint8Array(columns * rows);
  const buckets = new Uint16Array(1 << BUCKET_BITS);
  for (let row = 0, n = 0; row < rows; row++) {
    const y = row * CELL;
    const cellHeight = Math.min(CELL, height - y);
    for (let x = 0; x < width; x += CELL) {
      const cellWidth = Math.min(CELL, width - x);
      contents[n++] = classifyCell(picture, x, y, cellWidth, cellHeight, buckets);
    }
  }
  return contents;
}

function classifyCell(
  picture: Framebuffer,
  x: number,
  y: number,
  width: number,
  height: number,
  buckets: Uint16Array,
): Content {
  if (isSolid(picture, x, y, width, height)) return CONTENT.Solid;
  const pixels = width * Math.ceil(height / ROW_STEP);
  const repeats = countRepeats(picture, x, y, width, height);
  if (repeats >= pixels * REPEATS_OF_DRAWN) return CONTENT.Drawn;
  const { colours, mostFrequent } = countColours(picture, x, y, width, height, buckets);
  if (colours <= pixels * COLOURS_OF_PHOTO) return CONTENT.Drawn;
  const edges = () => countEdges(picture, x, y, width, height);
  if (repeats >= pixels * REPEATS_OF_PHOTO) {
    return edges() <= pixels * EDGES_OF_SMOOTH_PHOTO ? CONTENT.Photo : CONTENT.Drawn;
  }
  const isText = mostFrequent > pixels * MOST_FREQUENT_OF_TEXT && edges() > pixels * EDGES_OF_TEXT;
  return isText ? CONTENT.Captioned : CONTENT.Photo;
}

function isSolid(
  { pixels, stride }: Framebuffer,
  x: number,
  y: number,
  width: number,
  height: number,
): boolean {
  const first = pixels[y * stride + x]!;
  for (let row = 0; row < height; row++) {
    const start = (y + row) * stride + x;
    for (let at = start; at < start + width; at++) if (pixels[at] !== first) return false;
  }
  return true;
}

/** The pixels of every other row that are like the one to the left or in the next row. */
function countRepeats(
  { pixels, stride }: Framebuffer,
  x: number,
  y: number,
  width: number,
  height: number,
): number {
  let repeats = 0;
  for (let row = 0; row < height; row += ROW_STEP) {
    const start = (y + row) * stride + x;
    const next = row + 1 < height ? stride : -stride;
    let left = -1;
    for (let at = start; at < start + width; at++) {
      const value = pixels[at]!;
      if (value === left || value === pixels[at + next]) repeats++;
      left = value;
    }
  }
  return repeats;
}

/** The pixels of every other row that differ much from the one to the left. */
export function countEdges(
  { pixels, stride }: Framebuffer,
  x: number,
  y: number,
  width: number,
  height: number,
): number {
  let edges = 0;
  for (let row = 0; row < height; row += ROW_STEP) {
    const start = (y + row) * stride + x;
    let left = pixels[start]!;
    for (let at = start + 1; at < start + width; at++) {
      const value = pixels[at]!;
      if (value === left) continue;
      const red = (value >> 16) - (left >> 16);
      const green = (value >> 8 & 0xff) - (left >> 8 & 0xff);
      const blue = (value & 0xff) - (left & 0xff);
      if (Math.abs(red) + Math.abs(green) + Math.abs(blue) >= EDGE) edges++;
      left = value;
    }
  }
  return edges;
}

/** How many colours there are, and pixels of the most frequent one: nearly, for the sake of speed. */
function countColours(
  { pixels, stride }: Framebuffer,
  x: number,
  y: number,
  width: number,
  height: number,
  buckets: Uint16Array,
): { colours: number; mostFrequent: number } {
  buckets.fill(0);
  let colours = 0;
  let mostFrequent = 0;
  for (let row = 0; row < height; row += ROW_STEP) {
    const start = (y + row) * stride + x;
    for (let at = start; at < start + width; at++) {
      const bucket = placeOf(pixels[at]!, BUCKET_BITS);
      const count = buckets[bucket]! + 1;
      buckets[bucket] = count;
      if (count === 1) colours++;
      if (count > mostFrequent) mostFrequent = count;
    }
  }
  return { colours, mostFrequent };
}
