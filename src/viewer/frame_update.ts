import type { Cursor } from "../desktop/desktop.ts";
import { encodeCopyRect } from "../encodings/copy_rect.ts";
import { richCursor } from "../encodings/cursor/rich_cursor.ts";
import type { EncodedRect, PixelCoding } from "../encodings/encoding.ts";
import { ENCODING, PSEUDO_ENCODING } from "../encodings/ids.ts";
import type { ZlibStreams } from "../encodings/zlib_stream.ts";
import type { Move } from "../frame/move.ts";
import type { PixelFormat } from "../frame/pixel_format.ts";
import type { Rect } from "../frame/rect.ts";
import { Region } from "../frame/region.ts";
import { framebufferUpdate, rectangle, UNTIL_LAST_RECT } from "../rfb/server_messages.ts";
import type { SharedDesktop } from "./shared_desktop.ts";

/**
 * Where large rectangles are cut: encoding more pixels at once takes several milliseconds, and that
 * is how long input and the other viewers may have to wait. Always in the same places, so that
 * viewers that need different regions still have most of their rectangles in common.
 */
const BLOCK_WIDTH = 512;
const BLOCK_HEIGHT = 256;

/** Rectangles that are being encoded while the one before them is sent. */
const AHEAD = 8;

/** A FramebufferUpdate to be written, and for whom. */
export interface FrameUpdate {
  /** Copied by the viewer before any pixels come. */
  readonly moves: readonly Move[];
  readonly region: Region;
  /** Encodes the pixels of `region`. */
  readonly desktop: Pick<SharedDesktop, "frame" | "encode">;
  /** The pointer's new picture; undefined when it hasn't changed. */
  readonly cursor: Cursor | undefined;
  readonly coding: PixelCoding;
  /** Whether the viewer knows LastRect, so that rectangles needn't be counted beforehand. */
  readonly lastRect: boolean;
  readonly streams: ZlibStreams;
}

/**
 * The bytes of an update, in small pieces. Each rectangle is encoded only shortly before it is asked
 * for, from the frame as it is then.
 */
export async function* writeFrameUpdate(update: FrameUpdate): AsyncGenerator<Uint8Array> {
  const { cursor, moves, lastRect, streams, coding } = update;
  const announced = (cursor === undefined ? 0 : 1) + moves.length;
  let pixels: AsyncIterable<EncodedRect> | readonly EncodedRect[] = encodeRects(update);
  if (lastRect) {
    yield framebufferUpdate(UNTIL_LAST_RECT);
  } else {
    pixels = await Array.fromAsync(pixels);
    yield framebufferUpdate(announced + pixels.length);
  }
  if (cursor !== undefined) yield* writeCursor(cursor, coding.format);
  for (const move of moves) {
    yield rectangle(move.to, ENCODING.CopyRect);
    yield encodeCopyRect(move);
  }
  for await (const encoded of pixels) {
    yield rectangle(encoded.rect, encoded.encoding);
    yield* streams.chunks(encoded);
  }
  if (lastRect) yield LAST_RECT;
}

const LAST_RECT = rectangle({ x: 0, y: 0, width: 0, height: 0 }, PSEUDO_ENCODING.LastRect);

/** The region's rectangles one after the other, some being encoded ahead where that is done elsewhere. */
async function* encodeRects({ region, desktop, coding }: FrameUpdate): AsyncGenerator<EncodedRect> {
  const pending: Promise<readonly EncodedRect[]>[] = [];
  // None half inside of the frame.
  const inside = Region.of(desktop.frame.bounds);
  const rects = [...region.intersect(inside).rects, ...region.subtract(inside).rects];
  for (const rect of rects.flatMap(blocksOf)) {
    const encoded = desktop.encode(rect, coding);
    if (pending.length === 0 && !(encoded instanceof Promise)) {
      yield* encoded;
      continue;
    }
    const promise = Promise.resolve(encoded);
    // If it fails, that is noticed when its turn comes, unless an earlier one has failed by then.
    promise.catch(() => {});
    pending.push(promise);
    if (pending.length === AHEAD) yield* await pending.shift()!;
  }
  for (const encoded of pending) yield* await encoded;
}

/** Cuts what is larger than a block at the blocks' edges. */
function blocksOf(rect: Rect): Rect[] {
  if (rect.width * rect.height <= BLOCK_WIDTH * BLOCK_HEIGHT) return [rect];
  const xs = cuts(rect.x, rect.width, BLOCK_WIDTH);
  const ys = cuts(rect.y, rect.height, BLOCK_HEIGHT);
  return ys.flatMap(([y, height]) => xs.map(([x, width]) => ({ x, y, width, height })));
}

/** The pieces, as start and length, into which multiples of `step` cut a length. */
function cuts(start: number, length: number, step: number): [start: number, length: number][] {
  const pieces: [number, number][] = [];
  for (let at = start; at < start + length;) {
    const end = Math.min(start + length, (Math.floor(at / step) + 1) * step);
    pieces.push([at, end - at]);
    at = end;
  }
  return pieces;
}

function* writeCursor(cursor: Cursor, format: PixelFormat): Generator<Uint8Array> {
  const { hotX, hotY, width, height } = cursor;
  yield rectangle({ x: hotX, y: hotY, width, height }, PSEUDO_ENCODING.Cursor);
  yield richCursor.encode(cursor, format);
}
