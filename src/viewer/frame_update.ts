import type { Cursor } from "../desktop/desktop.ts";
import { encodeCopyRect } from "../encodings/copy_rect.ts";
import { encodeCursor } from "../encodings/cursor.ts";
import type { Encoder } from "../encodings/encoding.ts";
import { ENCODING, PSEUDO_ENCODING } from "../encodings/ids.ts";
import type { ZlibStreams } from "../encodings/zlib_stream.ts";
import { Framebuffer } from "../frame/framebuffer.ts";
import type { Move } from "../frame/move.ts";
import type { PixelFormat } from "../frame/pixel_format.ts";
import { contains, type Rect, split } from "../frame/rect.ts";
import { Region } from "../frame/region.ts";
import { framebufferUpdate, rectangle, UNTIL_LAST_RECT } from "../rfb/server_messages.ts";
import type { Wishes } from "./wishes.ts";

/**
 * Pixels of one rectangle at most: encoding more takes several milliseconds, and that is how long
 * input and the other viewers have to wait.
 */
const MAX_PIXELS = 128 * 1024;

/** A FramebufferUpdate to be written, and for whom. */
export interface FrameUpdate {
  /** Copied by the viewer before any pixels come. */
  readonly moves: readonly Move[];
  readonly region: Region;
  /** Holds the pixels of `region`; where it is too small for that, they are black. */
  readonly frame: Framebuffer;
  /** The pointer's new picture; undefined when it hasn't changed. */
  readonly cursor: Cursor | undefined;
  readonly format: PixelFormat;
  readonly wishes: Wishes;
  readonly streams: ZlibStreams;
}

/**
 * The bytes of an update, in small pieces. Each rectangle is encoded only when it is asked for, from
 * the frame as it is then.
 */
export function* writeFrameUpdate(update: FrameUpdate): Generator<Uint8Array> {
  const { cursor, moves, wishes, format, streams } = update;
  const rects = pixelRects(update);
  const count = (cursor === undefined ? 0 : 1) + moves.length + rects.length;
  // A LastRect lets an update hold more rectangles than 16 bits can count.
  const uncounted = wishes.lastRect && count >= UNTIL_LAST_RECT;
  yield framebufferUpdate(uncounted ? UNTIL_LAST_RECT : count);
  if (cursor !== undefined) yield* writeCursor(cursor, format);
  for (const move of moves) {
    yield rectangle(move.to, ENCODING.CopyRect);
    yield* streams.chunks(encodeCopyRect(move));
  }
  for (const rect of rects) {
    yield rectangle(rect, wishes.encoder.id);
    const { frame, area } = pixelsOf(update.frame, rect);
    yield* streams.chunks(wishes.encoder.encode(frame, area, format, wishes.settings));
  }
  if (uncounted) yield LAST_RECT;
}

const LAST_RECT = rectangle({ x: 0, y: 0, width: 0, height: 0 }, PSEUDO_ENCODING.LastRect);

/** Where a rectangle's pixels are: in the frame, or all black where it lies outside. */
function pixelsOf(frame: Framebuffer, rect: Rect): { frame: Framebuffer; area: Rect } {
  if (contains(frame.bounds, rect)) return { frame, area: rect };
  const black = new Framebuffer(rect.width, rect.height);
  return { frame: black, area: black.bounds };
}

/** Cuts the update's region into rectangles that its encoder takes, none half inside the frame. */
function pixelRects({ region, frame, wishes: { encoder } }: FrameUpdate): Rect[] {
  const inside = Region.of(frame.bounds);
  const rects = [...region.intersect(inside).rects, ...region.subtract(inside).rects];
  return rects.flatMap((rect) => splitFor(encoder, rect));
}

/** Cuts a rectangle to what its encoder takes, and to {@linkcode MAX_PIXELS}. */
function splitFor(encoder: Encoder, rect: Rect): Rect[] {
  const width = Math.min(rect.width, encoder.maxWidth);
  const rows = Math.max(1, Math.floor(MAX_PIXELS / width));
  return split(rect, width, Math.min(rows, encoder.maxHeight));
}

function* writeCursor(cursor: Cursor, format: PixelFormat): Generator<Uint8Array> {
  const { hotX, hotY, width, height } = cursor;
  yield rectangle({ x: hotX, y: hotY, width, height }, PSEUDO_ENCODING.Cursor);
  yield encodeCursor(cursor, format);
}
