import { instantiate, lazyKernel, MemoryPlan } from "../../../frame/kernels/kernel.ts";
import type { Framebuffer } from "../../../frame/framebuffer.ts";
import { placeOf } from "../../../frame/hash.ts";
import type { Rect } from "../../../frame/rect.ts";
import { CELL, CONTENT, type Content } from "../content.ts";
import code from "./classify.wasm" with { type: "bytes" };

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

/** Text has fewer colours on even ground, if its edges aren't softened. */
const COLOURFUL = 4;

/** Every other row tells enough. */
const ROW_STEP = 2;

/** Colours are counted in a hash table that doesn't care for collisions. */
const BUCKET_BITS = 10;

/** What classify.as.ts exports; `from`, `to` and `buckets` are bytes in the memory. */
interface ClassifyKernel {
  classifyCells(from: number, width: number, height: number, to: number, buckets: number): void;
}

/** Pixels that are looked at in one go: 32 KiB a row of a cell, so that they stay in the cache. */
const BAND_WIDTH = 2048;

const compiled = lazyKernel(code);

/** The kernel with what it works on, in one memory: made when it's first needed on a thread. */
class Classifier {
  static #instance: Classifier | undefined;

  readonly #kernel: ClassifyKernel;
  readonly #pixels: Uint32Array;
  readonly #contents: Uint8Array;
  readonly #buckets: number;

  static get(): Classifier {
    return Classifier.#instance ??= new Classifier();
  }

  private constructor() {
    const plan = new MemoryPlan();
    this.#buckets = plan.room(1 << BUCKET_BITS);
    const contents = plan.room(BAND_WIDTH / CELL);
    const pixels = plan.room(4 * BAND_WIDTH * CELL);
    const memory = plan.memory();
    this.#kernel = instantiate(compiled(), memory);
    this.#pixels = new Uint32Array(memory.buffer, pixels, BAND_WIDTH * CELL);
    this.#contents = new Uint8Array(memory.buffer, contents, BAND_WIDTH / CELL);
  }

  /** The cells of a band, no higher than one and no wider than {@linkcode BAND_WIDTH}. */
  classify(frame: Framebuffer, band: Rect): Uint8Array {
    frame.copyTo(this.#pixels, band);
    const [from, to] = [this.#pixels.byteOffset, this.#contents.byteOffset];
    this.#kernel.classifyCells(from, band.width, band.height, to, this.#buckets);
    return this.#contents.subarray(0, Math.ceil(band.width / CELL));
  }
}

/**
 * Classifies the cells of a rectangle within a frame, row by row; those at its right and bottom may be
 * smaller.
 * @returns Values of {@linkcode CONTENT}.
 */
export function classify(frame: Framebuffer, { x, y, width, height }: Rect): Uint8Array {
  const classifier = Classifier.get();
  const columns = Math.ceil(width / CELL);
  const contents = new Uint8Array(columns * Math.ceil(height / CELL));
  for (let top = 0; top < height; top += CELL) {
    for (let left = 0; left < width; left += BAND_WIDTH) {
      const band = {
        x: x + left,
        y: y + top,
        width: Math.min(BAND_WIDTH, width - left),
        height: Math.min(CELL, height - top),
      };
      contents.set(classifier.classify(frame, band), top / CELL * columns + left / CELL);
    }
  }
  return contents;
}

/** What {@linkcode classify} does, in plain words, for the tests. */
export function classifyPlainly(frame: Framebuffer, rect: Rect): Uint8Array {
  const contents: Content[] = [];
  const [right, bottom] = [rect.x + rect.width, rect.y + rect.height];
  for (let y = rect.y; y < bottom; y += CELL) {
    for (let x = rect.x; x < right; x += CELL) {
      const width = Math.min(CELL, right - x);
      const height = Math.min(CELL, bottom - y);
      contents.push(classifyCell(frame.part({ x, y, width, height })));
    }
  }
  return Uint8Array.from(contents);
}

function classifyCell(cell: Framebuffer): Content {
  if (cell.pixels.every((pixel) => pixel === cell.pixels[0])) return CONTENT.Solid;
  const pixels = cell.width * Math.ceil(cell.height / ROW_STEP);
  const singles = pixelsWithoutRepeats(cell);
  const repeats = pixels - singles.length;
  const edges = countEdges(cell);
  const { colours, mostFrequent } = countColours(cell);
  const isColourful = new Set([cell.pixels[0], ...singles]).size > COLOURFUL;
  const drawn = edges === 0 ? CONTENT.Smooth : isColourful ? CONTENT.Colourful : CONTENT.Drawn;
  if (repeats >= pixels * REPEATS_OF_DRAWN) return drawn;
  if (colours <= pixels * COLOURS_OF_PHOTO) return drawn;
  if (repeats >= pixels * REPEATS_OF_PHOTO) {
    return edges <= pixels * EDGES_OF_SMOOTH_PHOTO ? CONTENT.Photo : drawn;
  }
  const isText = mostFrequent > pixels * MOST_FREQUENT_OF_TEXT && edges > pixels * EDGES_OF_TEXT;
  return isText ? CONTENT.Captioned : CONTENT.Photo;
}

/** The pixels of every other row that are unlike the one to the left and in the next row. */
function pixelsWithoutRepeats({ width, height, pixels }: Framebuffer): number[] {
  const singles: number[] = [];
  for (let y = 0; y < height; y += ROW_STEP) {
    const next = y + 1 < height ? width : -width;
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const repeatsLeft = x > 0 && pixels[at] === pixels[at - 1];
      if (!repeatsLeft && pixels[at] !== pixels[at + next]) singles.push(pixels[at]!);
    }
  }
  return singles;
}

/** The pixels of every other row that differ much from the one to the left. */
function countEdges({ width, height, pixels }: Framebuffer): number {
  let edges = 0;
  for (let y = 0; y < height; y += ROW_STEP) {
    for (let at = y * width + 1; at < (y + 1) * width; at++) {
      const difference = [16, 8, 0].reduce((sum, shift) => {
        return sum + Math.abs((pixels[at]! >> shift & 0xff) - (pixels[at - 1]! >> shift & 0xff));
      }, 0);
      if (difference >= EDGE) edges++;
    }
  }
  return edges;
}

/** How many colours there are, and pixels of the most frequent one: nearly, for the sake of speed. */
function countColours({ width, height, pixels }: Framebuffer) {
  const buckets = new Map<number, number>();
  for (let y = 0; y < height; y += ROW_STEP) {
    for (let at = y * width; at < (y + 1) * width; at++) {
      const bucket = placeOf(pixels[at]!, BUCKET_BITS);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    }
  }
  return { colours: buckets.size, mostFrequent: Math.max(...buckets.values()) };
}
