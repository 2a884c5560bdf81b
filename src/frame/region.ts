import { areaOf, isEmpty, type Rect } from "./rect.ts";

/** A horizontal run of pixels: from `start` up to and excluding `end`. */
type Span = readonly [start: number, end: number];

/** Rows `top` up to and excluding `bottom` that all hold the same spans. */
interface Band {
  readonly top: number;
  readonly bottom: number;
  readonly spans: readonly Span[];
}

/**
 * An immutable set of pixels, kept as horizontal bands of spans, as the X server keeps its regions:
 * bands are sorted and disjoint, neighbouring bands with equal spans are merged, so two regions that
 * hold the same pixels have the same rectangles.
 */
export class Region {
  static readonly empty: Region = new Region([]);
  readonly #bands: readonly Band[];
  #rects: readonly Rect[] | undefined;
  #area: number | undefined;

  private constructor(bands: readonly Band[]) {
    this.#bands = bands;
  }

  /** The pixels that any of the rectangles holds. */
  static of(...rects: readonly Rect[]): Region {
    if (rects.length === 1 && !isEmpty(rects[0]!)) return Region.#single(rects[0]!);
    return rects.length === 0 ? Region.empty : Region.#ofAll(rects);
  }

  /** The pixels that any of the regions holds; pairs are merged as in a merge sort. */
  static union(regions: readonly Region[]): Region {
    if (regions.length <= 1) return regions[0] ?? Region.empty;
    const middle = regions.length >> 1;
    return Region.union(regions.slice(0, middle)).union(Region.union(regions.slice(middle)));
  }

  /** As `of`, for more rectangles than a call takes arguments. */
  static #ofAll(rects: readonly Rect[]): Region {
    return Region.union(rects.filter((rect) => !isEmpty(rect)).map((rect) => Region.#single(rect)));
  }

  static #single(rect: Rect): Region {
    const spans: Span[] = [[rect.x, rect.x + rect.width]];
    return new Region([{ top: rect.y, bottom: rect.y + rect.height, spans }]);
  }

  /** Whether the region holds no pixel. */
  get isEmpty(): boolean {
    return this.#bands.length === 0;
  }

  /** The region as disjoint rectangles, from the top down and from left to right. */
  get rects(): readonly Rect[] {
    return this.#rects ??= rectsOf(this.#bands);
  }

  /** How many pixels the region holds. */
  get area(): number {
    return this.#area ??= this.rects.reduce((sum, rect) => sum + areaOf(rect), 0);
  }

  /** The pixels of this region or the other. */
  union(other: Region): Region {
    if (this.isEmpty || other.#frames(this)) return other;
    if (other.isEmpty || this.#frames(other)) return this;
    return this.#combine(other, (inThis, inOther) => inThis || inOther);
  }

  /** The pixels of both this region and the other. */
  intersect(other: Region): Region {
    if (this.isEmpty || other.isEmpty) return Region.empty;
    if (other.#frames(this)) return this;
    if (this.#frames(other)) return other;
    return this.#combine(other, (inThis, inOther) => inThis && inOther);
  }

  /** The pixels of this region that are not in the other. */
  subtract(other: Region): Region {
    if (this.isEmpty || other.isEmpty) return this;
    if (other.#frames(this)) return Region.empty;
    return this.#combine(other, (inThis, inOther) => inThis && !inOther);
  }

  /** Whether the region holds any pixel of a rectangle. */
  meets(rect: Rect): boolean {
    const { x, y, width, height } = rect;
    return !isEmpty(rect) &&
      this.#bands.some(({ top, bottom, spans }) =>
        top < y + height && y < bottom && spans.some(([start, end]) => start < x + width && x < end)
      );
  }

  /** The region moved by `dx`, `dy`. */
  translate(dx: number, dy: number): Region {
    return new Region(this.#bands.map(({ top, bottom, spans }) => ({
      top: top + dy,
      bottom: bottom + dy,
      spans: spans.map(([start, end]): Span => [start + dx, end + dx]),
    })));
  }

  /**
   * A region of few rectangles that holds all pixels of this one, and as few more as that takes.
   * @param maxRects How many rectangles it may have: this region itself where it has no more.
   */
  simplified(maxRects: number): Region {
    if (this.rects.length <= maxRects) return this;
    for (let grid = 16, { rects } = this;; grid *= 2) {
      const region = Region.#ofAll(rects.map((rect) => snapOut(rect, grid)));
      if (region.rects.length <= maxRects) return region;
      rects = region.rects;
    }
  }

  /**
   * Whether this region is one rectangle that holds all of the other. Viewers mostly ask for a whole
   * screen, so this is what most operations come to, and there are some for each viewer and frame.
   */
  #frames(other: Region): boolean {
    const [band, further] = this.#bands;
    if (band === undefined || further !== undefined || band.spans.length > 1) return false;
    const [left, right] = band.spans[0]!;
    return band.top <= other.#bands[0]!.top && other.#bands.at(-1)!.bottom <= band.bottom &&
      other.#bands.every(({ spans }) => left <= spans[0]![0] && spans.at(-1)![1] <= right);
  }

  /** Sweeps over the edges of both lists of bands, from the top down. */
  #combine(other: Region, keep: (inThis: boolean, inOther: boolean) => boolean): Region {
    const bands: Band[] = [];
    let [a, b, top] = [0, 0, -Infinity];
    while (a < this.#bands.length || b < other.#bands.length) {
      const [bandA, bandB] = [this.#bands[a], other.#bands[b]];
      const bottom = Math.min(nextEdge(bandA, top), nextEdge(bandB, top));
      const spans = combineSpans(spansAt(bandA, top), spansAt(bandB, top), keep);
      appendBand(bands, top, bottom, spans);
      if (bandA?.bottom === bottom) a++;
      if (bandB?.bottom === bottom) b++;
      top = bottom;
    }
    return new Region(bands);
  }
}

function rectsOf(bands: readonly Band[]): Rect[] {
  const rects: Rect[] = [];
  for (const { top, bottom, spans } of bands) {
    for (const [x, end] of spans) {
      rects.push({ x, y: top, width: end - x, height: bottom - top });
    }
  }
  return rects;
}

/** The smallest rectangle on a grid that holds `rect`. */
function snapOut(rect: Rect, grid: number): Rect {
  const x = Math.floor(rect.x / grid) * grid;
  const y = Math.floor(rect.y / grid) * grid;
  const width = Math.ceil((rect.x + rect.width) / grid) * grid - x;
  const height = Math.ceil((rect.y + rect.height) / grid) * grid - y;
  return { x, y, width, height };
}

const NO_SPANS: readonly Span[] = [];

/** What a band holds of a row that isn't below it. */
function spansAt(band: Band | undefined, row: number): readonly Span[] {
  return band !== undefined && band.top <= row ? band.spans : NO_SPANS;
}

/** The first of a band's edges below a row. */
function nextEdge(band: Band | undefined, row: number): number {
  if (band === undefined) return Infinity;
  return band.top > row ? band.top : band.bottom;
}

/** Appends a band, merged with the last one where that touches it and holds the same spans. */
function appendBand(bands: Band[], top: number, bottom: number, spans: readonly Span[]): void {
  if (spans.length === 0) return;
  const last = bands.at(-1);
  if (last !== undefined && last.bottom === top && sameSpans(last.spans, spans)) {
    bands[bands.length - 1] = { top: last.top, bottom, spans };
  } else {
    bands.push({ top, bottom, spans });
  }
}

function sameSpans(a: readonly Span[], b: readonly Span[]): boolean {
  return a.length === b.length &&
    a.every(([start, end], i) => start === b[i]![0] && end === b[i]![1]);
}

/** Sweeps over the edges of both lists and keeps the runs for which `keep` says so. */
function combineSpans(
  a: readonly Span[],
  b: readonly Span[],
  keep: (inA: boolean, inB: boolean) => boolean,
): readonly Span[] {
  if (a.length === 0) return keep(false, true) ? b : NO_SPANS;
  if (b.length === 0) return keep(true, false) ? a : NO_SPANS;
  const result: Span[] = [];
  // Edge number 2n is span n's start, 2n + 1 its end, so an odd number means "inside".
  let edgeA = 0;
  let edgeB = 0;
  let start: number | undefined;
  while (edgeA < a.length * 2 || edgeB < b.length * 2) {
    const nextA = a[edgeA >> 1]?.[edgeA & 1 ? 1 : 0] ?? Infinity;
    const nextB = b[edgeB >> 1]?.[edgeB & 1 ? 1 : 0] ?? Infinity;
    const x = Math.min(nextA, nextB);
    if (nextA === x) edgeA++;
    if (nextB === x) edgeB++;
    const inside = keep((edgeA & 1) === 1, (edgeB & 1) === 1);
    if (inside && start === undefined) start = x;
    if (!inside && start !== undefined) {
      result.push([start, x]);
      start = undefined;
    }
  }
  return result;
}
