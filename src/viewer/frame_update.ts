import type { Cursor } from "../desktop/desktop.ts";
import { encodeCopyRect } from "../encodings/copy_rect.ts";
import { encodeCursor } from "../encodings/cursor.ts";
import type { Encoder } from "../encodings/encoding.ts";
import { ENCODING, PSEUDO_ENCODING } from "../encodings/ids.ts";
import type { ZlibStreams } from "../encodings/zlib_stream.ts";
import { Framebuffer } from "../frame/framebuffer.ts";
import type { Move } from "../frame/move.ts";
import type { PixelFormat } from "../frame/pixel_format.ts";
import { type Rect, split } from "../frame/rect.ts";
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
  /** The pointer's new picture (null: none), or undefined when it hasn't changed. */
  readonly cursor: Cursor | null | undefined;
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
  const pieces = pixelPieces(update);
  const count = (cursor === undefined ? 0 : 1) + moves.length + pieces.length;
  // A LastRect lets an update hold more rectangles than 16 bits can count.
  const uncounted = wishes.lastRect && count >= UNTIL_LAST_RECT;
  yield framebufferUpdate(uncounted ? UNTIL_LAST_RECT : count);
  if (cursor !== undefined) yield* writeCursor(cursor, format);
  for (const move of moves) {
    yield rectangle(move.to, ENCODING.CopyRect);
    yield* streams.chunks(encodeCopyRect(move));
  }
  for (const { rect, frame, area } of pieces) {
    yield rectangle(rect, wishes.encoder.id);
    yield* streams.chunks(wishes.encoder.encode(frame, area, format, wishes.settings));
  }
  if (uncounted) yield LAST_RECT;
}

const LAST_RECT = rectangle({ x: 0, y: 0, width: 0, height: 0 }, PSEUDO_ENCODING.LastRect);

/** A rectangle to be sent, and where its pixels are. */
interface Piece {
  readonly rect: Rect;
  readonly frame: Framebuffer;
  readonly area: Rect;
}

/** Cuts the update's region into pieces that its encoder takes. */
function pixelPieces({ region, frame, wishes: { encoder } }: FrameUpdate): Piece[] {
  const inside = Region.of(frame.bounds);
  const pieces = region.intersect(inside).rects.flatMap((rect) => splitFor(encoder, rect))
    .map((rect) => ({ rect, frame, area: rect }));
  const black = region.subtract(inside).rects.flatMap((rect) => splitFor(encoder, rect))
    .map((rect) => {
      const frame = new Framebuffer(rect.width, rect.height);
      return { rect, frame, area: frame.bounds };
    });
  return [...pieces, ...black];
}

/** Cuts a rectangle to what its encoder takes, and to {@linkcode MAX_PIXELS}. */
function splitFor(encoder: Encoder, rect: Rect): Rect[] {
  const width = Math.min(rect.width, encoder.maxWidth);
  const rows = Math.max(1, Math.floor(MAX_PIXELS / width));
  return split(rect, width, Math.min(rows, encoder.maxHeight));
}

function* writeCursor(cursor: Cursor | null, format: PixelFormat): Generator<Uint8Array> {
  if (cursor === null) {
    yield rectangle({ x: 0, y: 0, width: 0, height: 0 }, PSEUDO_ENCODING.Cursor);
  } else {
    const { hotX, hotY, width, height } = cursor;
    yield rectangle({ x: hotX, y: hotY, width, height }, PSEUDO_ENCODING.Cursor);
    yield encodeCursor(cursor, format);
  }
}
